"""What both front ends share: services, listing, navigation, calendar, triage, links."""
