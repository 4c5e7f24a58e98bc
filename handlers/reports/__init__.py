"""/report: the ministry's reports and the action plan, prepared, sent and posted."""
