"""What the templates of the mails can say."""
