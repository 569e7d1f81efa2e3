"""What the law lets a committee do, as pure functions: quorum, votes, dissent, referral, dates.

The references are to kommunestyrelsesloven (the act on municipal government) where nothing else
is named. Each rule tells its reason in words, so that the screen can show why.
"""
