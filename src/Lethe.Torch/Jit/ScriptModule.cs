using Lethe.Torch.Native;
using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

/// <summary>A network in TorchScript: its own parameters and buffers under their full names, and a forward pass that libtorch runs.</summary>
/// <remarks>The parameters are the script's own tensors: training them changes what <see cref="torch.jit.save"/> writes.</remarks>
public sealed class ScriptModule : torch.nn.Module<Tensor, Tensor>
{
    private readonly string _source;

    internal ScriptModule(ScriptHandle handle, string source) : base(nameof(ScriptModule))
    {
        Handle = handle;
        _source = source;
        var root = new Part(this);
        var known = new List<Tensor>();
        foreach (var (name, tensor) in Tensors(buffers: false))
            root.At(name).register_parameter(Last(name), Shared(tensor, known));
        foreach (var (name, tensor) in Tensors(buffers: true))
            root.At(name).register_buffer(Last(name), Shared(tensor, known));
        Status.Check(lethe_script_is_training(handle, out var training));
        base.train(training != 0);
    }

    internal ScriptHandle Handle { get; }

    /// <summary>
    /// Decides what random layers (dropout in training mode) draw in the next forward pass. They draw from one generator of the process, for
    /// a script cannot be given its own: a pass with a seed waits for the scripts that run on other threads, and they for it.
    /// </summary>
    public ulong? SeedOfNextPass { get; set; }

    /// <summary>Runs the script's forward method.</summary>
    /// <exception cref="TorchException">The method failed, or did not return one tensor.</exception>
    public override unsafe Tensor forward(Tensor input)
    {
        using var inputs = new HandleList([input]);
        var seed = SeedOfNextPass.GetValueOrDefault();
        fixed (nint* p = inputs)
        {
            var status = lethe_script_forward(Handle, p, inputs.Count, SeedOfNextPass is null ? null : &seed, out var result);
            SeedOfNextPass = null;
            return Tensor.Wrap(status, result);
        }
    }

    /// <inheritdoc/>
    public override void train(bool on = true)
    {
        base.train(on);
        Status.Check(lethe_script_train(Handle, on ? 1 : 0));
    }

    /// <summary>Where the script came from: a path, or the name it was compiled under.</summary>
    public override string ToString() => $"TorchScript module {_source}";

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Handle.Dispose();
    }

    /// <summary>One object for one tensor, whatever it is called: tied weights are trained once a step.</summary>
    private static Tensor Shared(Tensor tensor, List<Tensor> known)
    {
        if (known.Find(tensor.is_same) is { } same)
        {
            tensor.Dispose();
            return same;
        }

        known.Add(tensor);
        return tensor;
    }

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];

    private List<(string Name, Tensor Tensor)> Tensors(bool buffers)
    {
        var kind = buffers ? 1 : 0;
        Status.Check(lethe_script_tensor_count(Handle, kind, out var count));
        var list = new List<(string, Tensor)>(count);
        for (var i = 0; i < count; i++)
        {
            Status.Check(lethe_script_tensor(Handle, kind, i, out var name, out var tensor));
            list.Add((Status.Text(name), new Tensor(tensor)));
        }
        return list;
    }

    /// <summary>Finds the module of the tree that a dotted name belongs to, and makes it when it is not there yet.</summary>
    private sealed class Part(torch.nn.Module module)
    {
        private readonly Dictionary<string, Part> _children = [];

        internal torch.nn.Module At(string name)
        {
            var part = this;
            var names = name.Split('.');
            foreach (var step in names.AsSpan(0, names.Length - 1))
                part = part.Child(step);
            return part.Module;
        }

        private torch.nn.Module Module => module;

        private Part Child(string name)
        {
            if (_children.TryGetValue(name, out var child))
                return child;
            var made = new Holder(name);
            module.register_module(name, made);
            return _children[name] = new Part(made);
        }
    }

    /// <summary>A submodule of the script: only its entries are visible.</summary>
    private sealed class Holder(string name) : torch.nn.Module(name);
}
