namespace Lethe.Torch.Tests.Tensors;

public sealed class FactoryTests
{
    [Fact]
    public void Constant_tensors_have_their_shape_type_and_value()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal([2L, 3L], torch.zeros(2, 3).shape);
        Assert.Equal(torch.float32, torch.ones(4).dtype);
        Assert.Equal([7L, 7L], torch.full([2], 7, torch.int64).data<long>());
        Assert.Equal(0, torch.zeros([]).dim());
        Assert.Equal(0, torch.empty([0, 5]).numel());
        Assert.Equal(torch.int64, torch.zeros_like(torch.arange(3)).dtype);
        Assert.Equal(torch.float64, torch.ones_like(torch.arange(3), torch.float64).dtype);
        Assert.True(torch.ones([2], requires_grad: true).requires_grad);
    }

    [Fact]
    public void Sequences_count_as_asked()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal([0L, 1L, 2L], torch.arange(3).data<long>());
        Assert.Equal([1L, 3L], torch.arange(1, 5, 2).data<long>());
        Assert.Equal([0f, 0.5f], torch.arange(0, 1, 0.5).data<float>());
        Assert.Equal([0.0, 0.5, 1.0], torch.linspace(0, 1, 3, torch.float64).data<double>());
        Assert.Equal([1f, 0f, 0f, 1f], torch.eye(2).data<float>());
    }

    [Fact]
    public void Data_is_copied_in()
    {
        using var scope = torch.NewDisposeScope();
        float[] source = [1, 2, 3, 4];
        var tensor = torch.tensor(source, [2, 2]);
        source[0] = 9;
        Assert.Equal([1f, 2f, 3f, 4f], tensor.data<float>());
        Assert.Equal([2L, 3L], torch.tensor(new int[,] { { 1, 2, 3 }, { 4, 5, 6 } }).shape);
        Assert.Equal([1.0, 2.0], torch.tensor([1f, 2f], dtype: torch.float64).data<double>());
        Assert.Equal([true, false], torch.tensor([true, false]).data<bool>());
        Assert.Equal(torch.int64, torch.tensor(3).dtype);
        Assert.Equal(2.5f, torch.tensor(2.5).ToSingle());
        Assert.Equal([1, 2, 255], torch.frombuffer([1, 2, 255], ScalarType.Byte, [3]).data<byte>());
    }

    [Theory]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Int8)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Bool)]
    [InlineData(ScalarType.BFloat16)]
    public void Bytes_round_trip_in_every_type(ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        var tensor = torch.tensor([0f, 1f, 1f, 0f, 1f, 0f], [2, 3]).to(type);
        var again = torch.frombuffer(tensor.bytes(), type, tensor.shape);
        Assert.True(tensor.equal(again));
        Assert.Equal(type, again.dtype);
    }

    [Fact]
    public void Bytes_come_in_row_major_order_whatever_the_memory_layout()
    {
        using var scope = torch.NewDisposeScope();
        var matrix = torch.arange(6).reshape(2, 3);
        Assert.Equal([0L, 3L, 1L, 4L, 2L, 5L], matrix.t().data<long>());
        var image = torch.arange(24).reshape(1, 2, 3, 4);
        Assert.Equal(image.bytes(), image.to(MemoryFormat.ChannelsLast).bytes());
    }

    [Fact]
    public void Wrong_sizes_and_types_are_refused()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("need 12 bytes", Assert.Throws<TorchException>(() => torch.frombuffer(new byte[11], torch.float32, [3])).Message);
        var tensor = torch.ones(3);
        Assert.Contains("12 bytes", Assert.Throws<TorchException>(() => tensor.copy_to(new byte[13])).Message);
        Assert.Contains("Float32", Assert.Throws<TorchException>(() => tensor.data<long>()).Message);
        Assert.Throws<TorchException>(() => tensor.ToDouble());
        Assert.Throws<TorchException>(() => torch.frombuffer([], torch.float32, [-1]));
        Assert.Throws<TorchException>(() => torch.device("gpu"));
    }
}
