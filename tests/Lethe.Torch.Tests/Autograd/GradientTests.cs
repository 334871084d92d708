namespace Lethe.Torch.Tests.Autograd;

public sealed class GradientTests
{
    [Fact]
    public void Backward_accumulates_into_leaves()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor([1f, 2f], requires_grad: true);
        Assert.Null(x.grad);
        (x * x).sum().backward();
        (x * x).sum().backward();
        Assert.Equal([4f, 8f], x.grad!.data<float>());
        x.grad = null;
        Assert.Null(x.grad);
        x.grad = torch.ones(2);
        Assert.Equal([1f, 1f], x.grad.data<float>());
        Assert.True(x.is_leaf);
        Assert.False((x * 2).is_leaf);
        Assert.False((x * 2).detach().requires_grad);
    }

    [Fact]
    public void Backward_of_several_elements_needs_a_gradient()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor([1f, 2f], requires_grad: true);
        Assert.Throws<TorchException>(() => (x * x).backward());
        (x * x).backward(torch.tensor([1f, 10f]));
        Assert.Equal([2f, 40f], x.grad!.data<float>());
        Assert.Throws<TorchException>(() => torch.ones(1).backward());
    }

    [Fact]
    public void Grad_returns_without_accumulating()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor([3f], requires_grad: true);
        var y = torch.tensor([4f], requires_grad: true);
        var product = x * y;
        var gradients = torch.autograd.grad([product], [x, y]);
        Assert.Equal([4f, 3f], gradients.Select(gradient => gradient!.ToSingle()));
        Assert.Null(x.grad);
        Assert.Throws<TorchException>(() => torch.autograd.grad([product], [x]));
    }

    [Fact]
    public void Unused_inputs_are_null_when_allowed()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor([3f], requires_grad: true);
        var y = torch.tensor([4f], requires_grad: true);
        Assert.Throws<TorchException>(() => torch.autograd.grad([x * 2], [x, y]));
        var gradients = torch.autograd.grad([x * 2], [x, y], allow_unused: true);
        Assert.Equal(2f, gradients[0]!.ToSingle());
        Assert.Null(gradients[1]);
        var weighted = torch.autograd.grad([x * 2, x * 3], [x], [torch.tensor([10f]), null]);
        Assert.Equal(23f, weighted[0]!.ToSingle());
        Assert.Throws<TorchException>(() => torch.autograd.grad([x * 2], [x], [null, null]));
    }

    [Fact]
    public void Higher_derivatives_can_be_taken()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor([2.0], requires_grad: true);
        var first = torch.autograd.grad([x.pow(4)], [x], create_graph: true)[0]!;
        var second = torch.autograd.grad([first], [x], create_graph: true)[0]!;
        var third = torch.autograd.grad([second], [x])[0]!;
        Assert.Equal([32.0, 48.0, 48.0], [first.ToDouble(), second.ToDouble(), third.ToDouble()]);
    }

    [Fact]
    public void A_Hessian_vector_product_matches_the_closed_form()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new Generator(2);
        var a = torch.randn([5, 5], generator, torch.float64);
        var x = torch.randn([5], generator, torch.float64, requires_grad: true);
        var v = torch.randn([5], generator, torch.float64);
        var gradient = torch.autograd.grad([x.dot(a.matmul(x))], [x], create_graph: true)[0]!;
        var product = torch.autograd.grad([gradient.dot(v)], [x])[0]!;
        Assert.True(product.allclose((a + a.t()).matmul(v)));
    }

    [Fact]
    public void Recording_is_switched_per_thread_and_restored()
    {
        Assert.True(torch.is_grad_enabled());
        using (torch.no_grad())
        {
            Assert.False(torch.is_grad_enabled());
            var elsewhere = false;
            var thread = new Thread(() => elsewhere = torch.is_grad_enabled());
            thread.Start();
            thread.Join();
            Assert.True(elsewhere);
            using (torch.enable_grad())
                Assert.True(torch.is_grad_enabled());
            using (torch.set_grad_enabled(true))
                Assert.True(torch.is_grad_enabled());
            Assert.False(torch.is_grad_enabled());
            using var x = torch.ones([1], requires_grad: true);
            using var y = x * 2;
            Assert.False(y.requires_grad);
        }
        Assert.True(torch.is_grad_enabled());
    }

    [Fact]
    public void Autocast_computes_products_in_the_lower_precision_and_losses_in_the_higher()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.ones(4, 4);
        var weight = torch.ones([4, 4], requires_grad: true);
        using (torch.autocast(ScalarType.BFloat16))
        {
            Assert.True(torch.is_autocast_enabled());
            var scores = torch.nn.functional.linear(x, weight);
            Assert.Equal(torch.bfloat16, scores.dtype);
            using (torch.autocast(ScalarType.BFloat16, enabled: false))
                Assert.Equal(torch.float32, torch.nn.functional.linear(x, weight).dtype);
            var loss = torch.nn.functional.cross_entropy(scores.to(torch.float32), torch.zeros([4], torch.int64));
            Assert.Equal(torch.float32, loss.dtype);
            loss.backward();
        }
        Assert.Equal(torch.float32, weight.grad!.dtype);
        Assert.False(torch.is_autocast_enabled());
        Assert.Equal(torch.float32, torch.nn.functional.linear(x, weight).dtype);
    }
}
