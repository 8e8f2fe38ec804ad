"""Reminders that come by themselves: crontab lines and systemd units."""
