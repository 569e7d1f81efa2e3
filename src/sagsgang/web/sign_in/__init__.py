"""Sign-in to the working house: password and second factor, invitations, who may come in."""
