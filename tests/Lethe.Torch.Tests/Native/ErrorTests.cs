namespace Lethe.Torch.Tests.Native;

public sealed class ErrorTests
{
    [Fact]
    public void Errors_carry_the_first_lines_of_libtorch_without_a_backtrace()
    {
        using var scope = torch.NewDisposeScope();
        var error = Assert.Throws<TorchException>(() => torch.ones(2, 3).matmul(torch.ones(2, 3)));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message);
        Assert.DoesNotContain("frame #", error.Message);
    }

    [Fact]
    public void Errors_stay_with_their_thread()
    {
        var messages = new string[8];
        var threads = Enumerable.Range(0, 8).Select(i => new Thread(() =>
        {
            using var scope = torch.NewDisposeScope();
            for (var repeat = 0; repeat < 50; repeat++)
                messages[i] = Assert.Throws<TorchException>(() => torch.ones([i + 2]).reshape(1)).Message;
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        for (var i = 0; i < 8; i++)
            Assert.Contains($"input of size {i + 2}", messages[i]);
    }

    [Fact]
    public void Impossible_sizes_are_refused_not_fatal()
    {
        Assert.Throws<TorchException>(() => torch.empty([1L << 60]));
        Assert.Throws<TorchException>(() => torch.empty([long.MaxValue, long.MaxValue]));
    }

    [Fact]
    public void The_library_says_what_it_is()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+$", torch.version);
        Assert.Contains("PyTorch built with", torch.build_info);
        Assert.Contains(torch.cpu_capability, new[] { "DEFAULT", "NO AVX", "AVX2", "AVX512", "VSX", "Z VECTOR" });
        Assert.True(torch.get_num_threads() >= 1);
        Assert.Throws<TorchException>(() => torch.set_num_threads(0));
        Assert.Equal(torch.cuda.device_count() > 0, torch.cuda.is_available());
    }
}
