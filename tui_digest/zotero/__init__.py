"""Export of papers to Zotero, through the running application's connector."""
