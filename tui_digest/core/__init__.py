"""The core of both front ends: services, listing, navigation, calendar, links."""
