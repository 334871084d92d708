using System.Diagnostics;
using System.Globalization;
using F = Lethe.Torch.torch.nn.functional;

namespace Lethe.Torch.Tests.Jit;

public sealed class ScriptSourceTests
{
    private sealed class Block : torch.nn.Module<Tensor, Tensor>
    {
        internal Block(Generator generator) : base(nameof(Block))
        {
            register_parameter("weight", torch.randn([2, 1, 3, 3], generator, requires_grad: true));
            register_buffer("running_mean", torch.zeros(2));
            register_buffer("running_var", torch.ones(2));
        }

        public override Tensor forward(Tensor input)
        {
            var state = state_dict();
            return F.batch_norm(F.conv2d(input, state["weight"], padding: 1), state["running_mean"], state["running_var"], training: training).relu();
        }
    }

    private sealed class Net : torch.nn.Module<Tensor, Tensor>
    {
        private readonly Block _first, _second;

        internal Net(Generator generator) : base(nameof(Net))
        {
            register_module("first", _first = new Block(generator));
            register_module("second", _second = new Block(generator));
            register_parameter("weight", torch.randn([3, 8], generator, requires_grad: true));
        }

        public override Tensor forward(Tensor input) =>
            F.linear(F.max_pool2d(_first.forward(input) + _second.forward(input), 2).flatten(1), state_dict()["weight"]);
    }

    private const string BlockMethods = """
        def forward(self, input):
            x = torch.conv2d(input, self.weight, None, [1, 1], [1, 1])
            return torch.relu(torch.batch_norm(x, None, None, self.running_mean, self.running_var, self.training, 0.1, 1e-05, True))
        """;

    private const string NetMethods = """
        def forward(self, input):
            x = torch.max_pool2d(self.first.forward(input) + self.second.forward(input), [2, 2])
            return torch.linear(torch.flatten(x, 1), self.weight)
        """;

    private static ScriptSource SourceOf(Net net) => ScriptSource.From(net, module => module is Block ? BlockMethods : NetMethods);

    [Fact]
    public void A_compiled_module_computes_what_the_managed_one_does()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new Generator(3);
        using var net = new Net(generator);
        using var script = torch.jit.compile(SourceOf(net));
        var input = torch.randn([2, 1, 4, 4], generator);
        Assert.True(script.training);
        Assert.True(net.forward(input).allclose(script.forward(input), atol: 1e-6));
        net.eval();
        script.eval();
        Assert.True(net.forward(input).allclose(script.forward(input), atol: 1e-6));
        Assert.Equal(net.state_dict().Keys.Order(StringComparer.Ordinal), script.state_dict().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_module_may_only_hold_tensors_for_its_parent()
    {
        using var scope = torch.NewDisposeScope();
        using var weight = torch.ones([2, 3]);
        using var script = torch.jit.compile(new ScriptSource("Whole", "def forward(self, x):\n    return torch.linear(x, self.fc.weight)")
        {
            Children = [("fc", new ScriptSource("Part", null) { Parameters = [("weight", weight)] })],
        });
        Assert.Equal([3f, 3f], script.forward(torch.ones(1, 3)).data<float>());
        Assert.Equal(["fc.weight"], script.named_parameters().Select(entry => entry.name));
    }

    [Fact]
    public void Text_that_does_not_compile_is_refused_with_its_place()
    {
        var error = Assert.Throws<TorchException>(() => torch.jit.compile(new ScriptSource("Wrong", "def forward(self, x):\n    return y + 1")));
        Assert.Contains("undefined value y", error.Message);
        Assert.Throws<TorchException>(() => torch.jit.compile(new ScriptSource("Worse", "this is no method")));
    }

    [Fact]
    public void A_script_that_fails_or_returns_no_tensor_says_so()
    {
        using var scope = torch.NewDisposeScope();
        using var pair = torch.jit.compile(new ScriptSource("Pair", "def forward(self, x):\n    return x, x"));
        Assert.Contains("must return one tensor", Assert.Throws<TorchException>(() => pair.forward(torch.ones(1))).Message);
        using var failing = torch.jit.compile(new ScriptSource("Failing", "def forward(self, x):\n    return x.reshape([7])"));
        Assert.Contains("shape '[7]' is invalid", Assert.Throws<TorchException>(() => failing.forward(torch.ones(1))).Message);
    }

    [Fact]
    public void Python_loads_the_saved_file_and_computes_the_same()
    {
        const string python = "/usr/bin/python3";
        if (!File.Exists(python) || Run(python, "import torch", "").Code != 0)
            Assert.Skip("python3-torch is not installed");
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var generator = new Generator(3);
        using var net = new Net(generator);
        net.eval();
        using var script = torch.jit.compile(SourceOf(net));
        script.eval();
        torch.jit.save(script, folder.File("net.pt"));
        var input = torch.linspace(-1, 1, 32).reshape(2, 1, 4, 4);
        var (code, output) = Run(python, """
            import sys, torch
            module = torch.jit.load(sys.argv[1])
            assert not module.training
            print(sorted(module.state_dict()))
            print(*module(torch.linspace(-1, 1, 32).reshape(2, 1, 4, 4)).flatten().tolist())
            """, folder.File("net.pt"));
        Assert.Equal(0, code);
        var lines = output.Split('\n');
        Assert.Equal($"[{string.Join(", ", net.state_dict().Keys.Order(StringComparer.Ordinal).Select(name => $"'{name}'"))}]", lines[0]);
        var values = lines[1].Split(' ').Select(number => float.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        Assert.True(net.forward(input).flatten().allclose(torch.tensor(values), atol: 1e-5));
    }

    private static (int Code, string Output) Run(string program, string script, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["-c", script, argument])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["OMP_NUM_THREADS"] = "1" },
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : errors.Result);
    }

    [Fact]
    public void A_seed_decides_what_dropout_drops_whatever_runs_beside_it()
    {
        const string methods = "def forward(self, input):\n    return torch.dropout(input, 0.5, self.training)";
        using var model = new Drop();
        var source = ScriptSource.From(model, _ => methods);
        var expected = Dropped(source, 7);
        Assert.Contains(0f, expected);
        var other = Dropped(source, 8);
        Assert.NotEqual(expected, other);
        Parallel.For(0, 400, i => Assert.Equal(i % 2 == 0 ? expected : other, Dropped(source, i % 2 == 0 ? 7ul : 8ul)));
    }

    private static float[] Dropped(ScriptSource source, ulong seed)
    {
        using var scope = torch.NewDisposeScope();
        using var script = torch.jit.compile(source);
        script.train();
        script.SeedOfNextPass = seed;
        var first = script.forward(torch.ones(512)).data<float>();
        Assert.Null(script.SeedOfNextPass);
        return first;
    }

    private sealed class Drop() : torch.nn.Module<Tensor, Tensor>(nameof(Drop))
    {
        public override Tensor forward(Tensor input) => input;
    }
}
