"""What happens by itself: functions of (Context, due) that return what to post; they never send."""
