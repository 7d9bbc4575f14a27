"""`make bench`: what this project does against the named peers, in the same process, outputs checked first."""
