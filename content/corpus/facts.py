"""What can happen to corpus exports. The part is built by a later issue; its place in the flow is here."""
