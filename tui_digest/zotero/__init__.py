"""Papers to Zotero, through the connector of the application that runs on this machine."""
