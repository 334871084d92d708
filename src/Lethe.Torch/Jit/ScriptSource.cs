namespace Lethe.Torch;

/// <summary>A network said in TorchScript: tensors, children, and the text of the methods.</summary>
/// <param name="Name">The class name: letters, digits and underscores.</param>
/// <param name="Methods">
/// Method definitions such as <c>def forward(self, x): return torch.relu(self.fc.forward(x))</c>, without indentation; null when the
/// module only holds tensors. <c>torch.…</c> are ATen's operators.
/// </param>
public sealed record ScriptSource(string Name, string? Methods)
{
    /// <summary>Trained entries of this module.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Parameters { get; init; } = [];

    /// <summary>Entries of this module that are not trained.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Buffers { get; init; } = [];

    /// <summary>Submodules under the names by which the methods reach them.</summary>
    public IReadOnlyList<(string Name, ScriptSource Source)> Children { get; init; } = [];

    /// <summary>Takes tensors and children from a managed module, so that names are the same.</summary>
    /// <param name="module">The module; its tensors are shared, not copied.</param>
    /// <param name="methods">The TorchScript methods of a module of the tree, or null where it only holds tensors.</param>
    public static ScriptSource From(torch.nn.Module module, Func<torch.nn.Module, string?> methods) =>
        From(module, methods, Identifier(module.Name));

    private static ScriptSource From(torch.nn.Module module, Func<torch.nn.Module, string?> methods, string name) =>
        new(name, methods(module))
        {
            Parameters = [.. module.named_parameters(recurse: false)],
            Buffers = [.. module.named_buffers(recurse: false)],
            Children = [.. module.named_children()
                .Select(child => (child.name, From(child.module, methods, $"{name}_{Identifier(child.name)}")))],
        };

    private static string Identifier(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));
}
