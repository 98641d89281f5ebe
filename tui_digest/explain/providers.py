"""The known model services, and the choice of one from the settings.

A service with one of the known formats is added as a row of `PRESETS`; a new format is a module in
`tui_digest.explain.formats`.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Literal, TypeAlias
from urllib.parse import SplitResult, urlsplit

import msgspec

from tui_digest.explain.errors import NotSetUp
from tui_digest.settings import ModelSettings

FormatName: TypeAlias = Literal["openai-chat", "anthropic", "gemini", "ollama"]
"""The stream formats, by what `format_named` takes."""


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """A service: its address, its format, and the variables of its key.

    In `PRESETS` `model` is empty if only the user knows its models, and `base_url` if only the user
    knows where it is; the chosen service has both. `counts_on_request` says that token counts must be
    requested (some services refuse the option), `lists_to_all` that its list of models is public, and
    so proves nothing about the key.
    """

    provider: str
    format: FormatName
    base_url: str
    model: str = ""
    key_variables: tuple[str, ...] = ()
    needs_key: bool = True
    counts_on_request: bool = False
    lists_to_all: bool = False

    @property
    def host(self) -> str:
        """The host, with its port where one is given."""
        return urlsplit(self.base_url).netloc

    @property
    def label(self) -> str:
        """The name of the provider, or the host of an unnamed one."""
        return f"compatible at {self.host}" if self.provider == "compatible" else self.provider

    @property
    def is_loopback(self) -> bool:
        """Whether the service runs on this machine."""
        return _is_loopback(urlsplit(self.base_url).hostname or "")

    @property
    def keeps_keys_private(self) -> bool:
        """Whether a key may be sent there: over https, or to this machine."""
        return self.base_url.startswith("https://") or self.is_loopback


PRESETS = {
    preset.provider: preset
    for preset in (
        Service(
            provider="openai",
            format="openai-chat",
            base_url="https://api.openai.com/v1",
            key_variables=("OPENAI_API_KEY",),
            model="gpt-5.4-mini",
            counts_on_request=True,
        ),
        Service(
            provider="anthropic",
            format="anthropic",
            base_url="https://api.anthropic.com",
            key_variables=("ANTHROPIC_API_KEY",),
            model="claude-sonnet-5",
        ),
        Service(
            provider="gemini",
            format="gemini",
            base_url="https://generativelanguage.googleapis.com/v1beta",
            key_variables=("GEMINI_API_KEY", "GOOGLE_API_KEY"),
            model="gemini-flash-latest",
        ),
        Service(
            provider="groq",
            format="openai-chat",
            base_url="https://api.groq.com/openai/v1",
            key_variables=("GROQ_API_KEY",),
            model="openai/gpt-oss-120b",
            counts_on_request=True,
        ),
        Service(
            provider="openrouter",
            format="openai-chat",
            base_url="https://openrouter.ai/api/v1",
            key_variables=("OPENROUTER_API_KEY",),
            model="openrouter/auto",
            counts_on_request=True,
            lists_to_all=True,
        ),
        Service(
            provider="mistral",
            format="openai-chat",
            base_url="https://api.mistral.ai/v1",
            key_variables=("MISTRAL_API_KEY",),
            model="mistral-medium-latest",
        ),
        Service(
            provider="cloudflare",
            format="openai-chat",
            base_url="https://api.cloudflare.com/client/v4/accounts/{CF_ACCOUNT_ID}/ai/v1",
            key_variables=("CF_API_TOKEN",),
            model="@cf/meta/llama-3.3-70b-instruct-fp8-fast",
        ),
        Service(provider="ollama", format="ollama", base_url="http://127.0.0.1:11434", needs_key=False),
        Service(
            provider="compatible",
            format="openai-chat",
            base_url="",
            needs_key=False,
            counts_on_request=True,
        ),
    )
}


def choose(settings: ModelSettings, environment: Mapping[str, str]) -> Service:
    """Return the service that the settings name.

    Raises:
        NotSetUp: none is named, or it is wrong; the message says what to set.
    """
    preset = _preset(settings, environment)
    model = settings.model or preset.model
    if not model:
        raise NotSetUp(
            f"Which model to ask at {preset.provider} is not set; set LLM_MODEL, or model under [model]"
            " in config.toml."
        )
    base_url = _base_url(preset, settings, environment)
    return msgspec.structs.replace(preset, base_url=base_url, model=model)


def _preset(settings: ModelSettings, environment: Mapping[str, str]) -> Service:
    name = settings.provider.strip().lower() or ("compatible" if settings.base_url else "")
    if name in PRESETS:
        return PRESETS[name]
    names = ", ".join(PRESETS)
    if name:
        raise NotSetUp(f"There is no provider {name!r}; LLM_PROVIDER can be {names}.")
    found = [preset for preset in PRESETS.values() if any(environment.get(v) for v in preset.key_variables)]
    if found:
        raise NotSetUp(
            f"No language model is set up; {found[0].key_variables[0]} is there, so set"
            f" LLM_PROVIDER={found[0].provider}, or provider under [model] in config.toml."
        )
    raise NotSetUp(
        f"No language model is set up; set LLM_PROVIDER ({names}) and its key, or [model] in config.toml."
    )


def _base_url(preset: Service, settings: ModelSettings, environment: Mapping[str, str]) -> str:
    url = settings.base_url or preset.base_url
    if preset.provider == "ollama" and not settings.base_url and environment.get("OLLAMA_HOST"):
        url = _ollama_address(environment["OLLAMA_HOST"])
    if "{CF_ACCOUNT_ID}" in url:
        account = environment.get("CF_ACCOUNT_ID", "").strip()
        if not re.fullmatch(r"[\w-]+", account, re.ASCII):
            raise NotSetUp(
                "cloudflare needs CF_ACCOUNT_ID, the id of your account there, beside CF_API_TOKEN."
            )
        url = url.replace("{CF_ACCOUNT_ID}", account)
    if not url:
        raise NotSetUp(
            "The provider 'compatible' needs an address: set LLM_BASE_URL, as in http://localhost:8000/v1."
        )
    if not _is_plain_address(url):
        raise NotSetUp(
            "The model's address (LLM_BASE_URL, or base_url under [model]) must look like https://host/path,"
            " without a name, password or query in it."
        )
    return url.rstrip("/")


def _is_plain_address(url: str) -> bool:
    if not url.isascii() or not url.isprintable() or " " in url:
        return False
    try:
        parts: SplitResult = urlsplit(url)
        parts.port  # noqa: B018  (reading it checks it)
    except ValueError:
        return False
    bare = not (parts.username or parts.password or parts.query or parts.fragment)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and bare


def _ollama_address(host: str) -> str:
    """Return the address in OLLAMA_HOST, completed where scheme or port is missing."""
    url = host.strip() if "://" in host else f"http://{host.strip()}"
    parts = urlsplit(url)
    name = parts.hostname or "127.0.0.1"
    if name in ("0.0.0.0", "::"):
        name = "127.0.0.1"
    shown = f"[{name}]" if ":" in name else name
    try:
        port = parts.port or (443 if parts.scheme == "https" else 11434)
    except ValueError:
        return host
    return f"{parts.scheme}://{shown}:{port}{parts.path}"


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
