// What one test holds, starts or allocates is in the readings of another that runs beside it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
