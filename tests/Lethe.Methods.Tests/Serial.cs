// Live native tensors are counted for the whole process, and libtorch's thread count is a process setting too.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
