// Nothing but the precompiled header, which the test programs share.
