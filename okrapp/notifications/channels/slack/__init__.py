"""Slack: incoming webhooks, and chats that take the same messages (Mattermost, Rocket.Chat)."""
