using FsCheck.Fluent;
using Lethe.Core.Partitions;

namespace Lethe.Core.Tests.Partitions;

public class BatchPlanTests
{
    private static int[] Order(BatchPlan plan) =>
        [.. Enumerable.Range(0, plan.BatchCount).SelectMany(i => plan.Batch(i).ToArray())];

    [Fact]
    public void Batches_hold_every_slot_once_and_all_but_the_last_are_full()
    {
        var cases = from slots in Gen.Choose(1, 400)
                    from batchSize in Gen.Choose(1, 130)
                    from seed in Gen.Choose(0, 1000)
                    select (slots, batchSize, seed);
        Property.Holds(cases, c =>
        {
            var plan = new BatchPlan((ulong)c.seed, 3, 1, c.slots, c.batchSize);
            Assert.Equal(Enumerable.Range(0, c.slots), Order(plan).Order());
            for (var i = 0; i < plan.BatchCount - 1; i++)
                Assert.Equal(c.batchSize, plan.Batch(i).Length);
            Assert.InRange(plan.Batch(plan.BatchCount - 1).Length, 1, c.batchSize);
        });
    }

    [Fact]
    public void Order_depends_on_seed_block_and_epoch_but_not_on_the_batch_size()
    {
        var order = Order(new(1, 2, 3, 50, 8));
        Assert.Equal(order, Order(new(1, 2, 3, 50, 8)));
        Assert.Equal(order, Order(new(1, 2, 3, 50, 17)));
        Assert.NotEqual(order, Order(new(2, 2, 3, 50, 8)));
        Assert.NotEqual(order, Order(new(1, 3, 3, 50, 8)));
        Assert.NotEqual(order, Order(new(1, 2, 4, 50, 8)));
    }

    /// <summary>Golden orders of tests/reference/batch_plan.py. Stored runs depend on them: a change makes every run irreproducible.</summary>
    [Fact]
    public void Order_never_changes_between_versions()
    {
        Assert.Equal([1, 4, 0, 3, 6, 7, 2, 5, 8, 10, 11, 9], Order(new(1, 1, 0, 12, 5)));
        Assert.Equal([1, 6, 0, 8, 4, 11, 5, 3, 7, 2, 10, 9], Order(new(ulong.MaxValue, 100, 4, 12, 5)));
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchPlan(1, 1, 0, 0, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchPlan(1, 1, 0, 8, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchPlan(1, 1, 0, 8, 4).Batch(2).Length);
    }
}
