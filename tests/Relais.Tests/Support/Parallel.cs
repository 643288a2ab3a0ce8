using Xunit;

// Most tests wait for a server, not for a processor: with one more at a time than there are processors in CI the suite ends well within its limit.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
