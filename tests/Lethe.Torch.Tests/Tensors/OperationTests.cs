namespace Lethe.Torch.Tests.Tensors;

public sealed class OperationTests
{
    private static Tensor Matrix() => torch.tensor([1f, -2f, 3f, 4f, 0f, -6f], [2, 3]);

    [Fact]
    public void Whole_numbers_keep_integer_tensors_integer()
    {
        using var scope = torch.NewDisposeScope();
        var numbers = torch.arange(3);
        Assert.Equal(torch.int64, (numbers + 1).dtype);
        Assert.Equal(torch.int64, (2 * numbers - 1).dtype);
        Assert.Equal(torch.float32, (numbers + 0.5).dtype);
        Assert.Equal(torch.float32, (numbers / 2).dtype);
        Assert.Equal([3L, 2L, 1L], (3 - numbers).data<long>());
        Assert.Equal([0L, -1L, -2L], (-numbers).data<long>());
        Assert.Equal([1L, 1L, 2L], numbers.clamp(1).data<long>());
    }

    [Fact]
    public void Operators_broadcast()
    {
        using var scope = torch.NewDisposeScope();
        var row = torch.tensor([1f, 2f, 3f]);
        var column = torch.tensor([10f, 20f], [2, 1]);
        Assert.Equal([11f, 12f, 13f, 21f, 22f, 23f], (row + column).data<float>());
        Assert.Equal([-9f, -8f, -7f, -19f, -18f, -17f], (row - column).data<float>());
        Assert.Equal([21f, 22f, 23f], row.add(torch.ones(3), alpha: 20).data<float>());
        Assert.Equal([2f, 1f, 2f / 3], (2 / row).data<float>());
        Assert.Equal([1f, 4f, 9f], row.pow(2).data<float>());
        Assert.Equal([10f, 20f], column.maximum(torch.zeros([])).flatten().data<float>());
    }

    [Fact]
    public void Reductions_go_over_the_named_dimensions()
    {
        using var scope = torch.NewDisposeScope();
        var m = Matrix();
        Assert.Equal(0, m.sum().ToDouble());
        Assert.Equal([5f, -2f, -3f], m.sum(0).data<float>());
        Assert.Equal([2L, 1L], m.sum(1, keepdim: true).shape);
        Assert.Equal([0.0, 0.0], new[] { m.mean().ToDouble(), m.sum([0, 1]).ToDouble() });
        Assert.Equal(torch.float64, m.sum(torch.float64).dtype);
        Assert.Equal(66.0 / 5, m.var().ToDouble(), 1e-5);
        Assert.Equal(66.0 / 6, m.var(unbiased: false).ToDouble(), 1e-5);
        Assert.Equal(Math.Sqrt(66), m.norm().ToDouble(), 1e-5);
        Assert.Equal(16, m.norm(1).ToDouble(), 1e-5);
        Assert.Equal(6, m.norm(double.PositiveInfinity).ToDouble(), 1e-5);
        Assert.Equal((4.0, -6.0), (m.max().ToDouble(), m.min().ToDouble()));
        Assert.Equal([2L, 0L], m.argmax(1).data<long>());
        Assert.Equal(3, m.argmax().ToInt64());
        Assert.Equal([1L, 2L], m.min(1).indexes.data<long>());
        Assert.Equal([1f, -1f, 2f, 4f, 4f, -2f], m.cumsum(1).data<float>());
        Assert.Equal(Math.Log(2), torch.zeros(2).logsumexp([0]).ToDouble(), 1e-6);
        Assert.True(m.eq(0).any().ToBoolean());
        Assert.False(m.eq(0).all().ToBoolean());
        Assert.Equal(24, torch.tensor([2, 3, 4]).prod().ToInt64());
    }

    [Fact]
    public void Shapes_change_as_in_PyTorch()
    {
        using var scope = torch.NewDisposeScope();
        var m = Matrix();
        Assert.Equal([3L, 2L], m.t().shape);
        Assert.Equal([3L, 2L], m.reshape(-1, 2).shape);
        Assert.Equal([6L], m.flatten().shape);
        Assert.Equal([1L, 2L, 3L], m.unsqueeze(0).shape);
        Assert.Equal([2L, 3L], m.unsqueeze(0).squeeze().shape);
        Assert.Equal([3L, 1L, 2L], m.unsqueeze(0).permute(2, 0, 1).shape);
        Assert.Equal([4L, 2L, 3L], m.expand(4, 2, 3).shape);
        Assert.Equal([4L, 3L], m.repeat(2, 1).shape);
        Assert.Equal([-2f, 3f], m.narrow(1, 1, 2)[0].data<float>());
        Assert.Equal(3f, m[0, 2].ToSingle());
        Assert.Equal([3f, -2f, 1f], m[0].flip(0).data<float>());
        Assert.Equal([3f, 1f, -2f], m[0].roll(1, 0).data<float>());
        Assert.Equal([1f, 3f], m[0].slice(0, 0, 3, 2).data<float>());
        Assert.Equal([4L, 3L], torch.cat([m, m]).shape);
        Assert.Equal([2L, 2L, 3L], torch.stack([m, m]).shape);
        Assert.Equal([[1L, 3L], [1L, 3L]], torch.split(m, 1).Select(part => part.shape));
        Assert.Equal([1f, 0f, 0f, 4f, 0f, 0f], m.tril().data<float>());
        Assert.Equal([0f, 1f, -2f, 3f, 0f, 0f, 4f, 0f, -6f, 0f], torch.nn.functional.pad(m, [1, 1]).data<float>());
        Assert.Equal([3L, 2L], m[0].unfold(0, 1, 1).repeat(1, 2).shape);
        Assert.Throws<TorchException>(() => m.view(4));
        Assert.Throws<TorchException>(() => m.size(2));
    }

    [Fact]
    public void Elements_are_selected_and_written_by_index()
    {
        using var scope = torch.NewDisposeScope();
        var m = Matrix();
        var index = torch.tensor([1L, 0L]);
        Assert.Equal([4f, 0f, -6f, 1f, -2f, 3f], m.index_select(0, index).data<float>());
        Assert.Equal([4f, 0f, -6f, 1f, -2f, 3f], m[index].data<float>());
        Assert.Equal([1f, 3f, 4f], m[m.gt(0)].data<float>());
        Assert.Equal([-2f, 4f], m.gather(1, index.unsqueeze(1)).flatten().data<float>());
        Assert.Equal([1f, 0f, 3f, 4f, 0f, 0f], m.masked_fill(m.lt(0), 0).data<float>());
        Assert.Equal([1f, 9f, 3f, 4f, 9f, 9f], torch.where(m.gt(0), m, torch.full([], 9)).data<float>());
        Assert.Equal([0L, 1L, 1L, 0L], torch.nn.functional.one_hot(index, 2).data<long>());
        Assert.Equal([1L, 0L, 2L], torch.tensor([0L, 2L, 2L]).bincount().data<long>());
        Assert.Equal([3L, 2L], m.gt(0).nonzero().shape);
        Assert.Equal([0f, 5f, 5f, 0f], torch.zeros(2, 2).scatter_(1, index.unsqueeze(1), 5).data<float>());
        Assert.Equal([0f, 2f, 2f], torch.zeros(3).index_add_(0, torch.tensor([1L, 2L, 1L]), torch.tensor([1f, 2f, 1f])).data<float>());
        Assert.Throws<TorchException>(() => m.index_select(0, torch.tensor([2L])));
    }

    [Fact]
    public void Order_statistics_are_stable()
    {
        using var scope = torch.NewDisposeScope();
        var (values, indexes) = torch.tensor([2, 1, 2, 1]).sort();
        Assert.Equal([1, 1, 2, 2], values.data<int>());
        Assert.Equal([1L, 3L, 0L, 2L], indexes.data<long>());
        Assert.Equal([0L, 2L, 1L, 3L], torch.tensor([2, 1, 2, 1]).argsort(descending: true).data<long>());
        Assert.Equal([4f, 0f], Matrix()[1].topk(2).values.data<float>());
        Assert.Equal([-6f], Matrix()[1].topk(1, largest: false).values.data<float>());
    }

    [Fact]
    public void Writing_in_place_returns_the_same_tensor()
    {
        using var scope = torch.NewDisposeScope();
        var t = torch.ones(2);
        Assert.Same(t, t.add_(torch.ones(2), alpha: 2).mul_(2).sub_(torch.ones(2)).div_(5).add_(1).zero_().fill_(4).sqrt_());
        Assert.Equal([2f, 2f], t.data<float>());
        t.addcmul_(t, t, 0.5).addcdiv_(t, t, 1).clamp_(max: 3).lerp_(torch.zeros(2), 0.5);
        Assert.Equal([1.5f, 1.5f], t.data<float>());
        Assert.Equal([3f, 3f], t.copy_(torch.tensor([3L])).data<float>());
        var other = torch.zeros([3], torch.float64);
        Assert.Equal(torch.float64, t.set_data(other).dtype);
        Assert.Equal([3L], t.shape);
    }

    [Fact]
    public void Comparisons_give_truth_values()
    {
        using var scope = torch.NewDisposeScope();
        var a = torch.tensor([1f, 2f, float.NaN]);
        Assert.Equal([true, false, false], a.lt(2).data<bool>());
        Assert.Equal([false, true, false], a.ge(2).data<bool>());
        Assert.Equal([false, false, true], a.isnan().data<bool>());
        Assert.Equal([true, true, false], a.isfinite().data<bool>());
        Assert.Equal([false, true, false], a.gt(1).logical_and(a.le(2)).data<bool>());
        Assert.Equal([true, false, true], a.ne(2).logical_or(a.eq(1)).data<bool>());
        Assert.False(a.equal(a));
        Assert.True(torch.ones(2).allclose(torch.ones(2) + 1e-7));
        Assert.False(torch.ones(2).allclose(torch.ones(3)));
    }

    [Fact]
    public void Conversions_return_the_same_tensor_when_nothing_changes()
    {
        using var scope = torch.NewDisposeScope();
        var t = torch.ones(2);
        Assert.True(t.is_same(t.to(torch.float32)));
        Assert.False(t.is_same(t.to(torch.float32, copy: true)));
        Assert.True(t.is_same(t.cpu()));
        Assert.Equal(torch.CPU, t.device);
        var image = torch.ones(2, 3, 4, 5).to(MemoryFormat.ChannelsLast);
        Assert.True(image.is_contiguous(MemoryFormat.ChannelsLast));
        Assert.False(image.is_contiguous());
        Assert.Equal([60L, 1L, 15L, 3L], image.stride());
        Assert.Equal("Int64[] on cpu: 3", torch.tensor(3).ToString());
    }

    [Fact]
    public void Matrix_products_agree()
    {
        using var scope = torch.NewDisposeScope();
        var m = Matrix();
        var product = m.matmul(m.t());
        Assert.Equal([14f, -14f, -14f, 52f], product.data<float>());
        Assert.True(product.equal(m.mm(m.t())));
        Assert.True(product.equal(m.unsqueeze(0).bmm(m.t().unsqueeze(0))[0]));
        Assert.Equal(14f, m[0].dot(m[0]).ToSingle());
        Assert.Throws<TorchException>(() => m.mm(m));
    }
}
