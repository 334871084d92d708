// Tests count live tensors and set libtorch's threads: both belong to the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
