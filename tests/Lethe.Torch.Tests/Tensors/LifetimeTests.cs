namespace Lethe.Torch.Tests.Tensors;

[Collection(nameof(NativeCounts))]
public sealed class LifetimeTests
{
    [Fact]
    public void A_scope_frees_what_was_made_inside()
    {
        var before = Tensor.TotalCount;
        using (torch.NewDisposeScope())
        {
            var sum = torch.ones(3, 4) + torch.zeros([3, 4]);
            Assert.Equal(12, sum.sum().ToDouble());
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Moved_tensors_belong_to_the_outer_scope()
    {
        var before = Tensor.TotalCount;
        using (torch.NewDisposeScope())
        {
            Tensor moved;
            using (torch.NewDisposeScope())
                moved = torch.ones(2).MoveToOuterDisposeScope();
            Assert.False(moved.IsDisposed);
            Assert.Equal(before + 1, Tensor.TotalCount);
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Detached_tensors_outlive_all_scopes()
    {
        Tensor detached;
        using (torch.NewDisposeScope())
            detached = torch.ones(2).DetachFromDisposeScope();
        Assert.Equal(2, detached.sum().ToDouble());
        detached.Dispose();
        Assert.True(detached.IsDisposed);
    }

    [Fact]
    public void A_scope_keeps_what_it_is_told_to_keep()
    {
        var before = Tensor.TotalCount;
        using (var scope = torch.NewDisposeScope())
        {
            var keep = torch.ones(2);
            var other = torch.ones(3);
            scope.DisposeEverythingBut(keep);
            Assert.True(other.IsDisposed);
            Assert.False(keep.IsDisposed);
            scope.DisposeEverything();
            Assert.True(keep.IsDisposed);
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Scopes_belong_to_their_thread()
    {
        using var scope = torch.NewDisposeScope();
        Tensor? elsewhere = null;
        var thread = new Thread(() => elsewhere = torch.ones(2));
        thread.Start();
        thread.Join();
        scope.DisposeEverything();
        Assert.False(elsewhere!.IsDisposed);
        elsewhere.Dispose();
    }

    [Fact]
    public void A_training_step_leaves_no_tensor_behind()
    {
        using var generator = new Generator(1);
        using var weight = torch.randn([4, 3], generator, requires_grad: true);
        using var input = torch.randn([8, 3], generator);
        using var target = torch.randint(0, 4, [8], generator);
        var before = Tensor.TotalCount;
        for (var i = 0; i < 3; i++)
        {
            using (torch.NewDisposeScope())
            {
                var loss = torch.nn.functional.cross_entropy(torch.nn.functional.linear(input, weight), target);
                loss.backward();
                using (torch.no_grad())
                    weight.add_(weight.grad!, alpha: -0.1);
                weight.grad = null;
            }
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Using_a_disposed_tensor_fails()
    {
        var tensor = torch.ones(2);
        tensor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => tensor.sum());
        Assert.Equal("disposed tensor", tensor.ToString());
    }
}

/// <summary>Tests that count native tensors run alone.</summary>
[CollectionDefinition(nameof(NativeCounts), DisableParallelization = true)]
public sealed class NativeCounts : ICollectionFixture<SettledFinalizers>;

/// <summary>Frees what earlier tests left to the finalizer, so that it does not change the counts.</summary>
public sealed class SettledFinalizers
{
    public SettledFinalizers()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
