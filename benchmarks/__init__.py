"""What the app costs beside the least that the same work could cost; run by `./run benchmark`."""
