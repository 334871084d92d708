using Lethe.Torch.Native;
using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public sealed partial class Tensor
{
    /// <summary>True when operations on this tensor are recorded for differentiation.</summary>
    public bool requires_grad
    {
        get
        {
            Status.Check(lethe_requires_grad(Handle, out var answer));
            return answer != 0;
        }
        set => Status.Check(lethe_set_requires_grad(Handle, value ? 1 : 0));
    }

    /// <summary>True when the tensor is no result of a recorded operation.</summary>
    public bool is_leaf
    {
        get
        {
            Status.Check(lethe_is_leaf(Handle, out var answer));
            return answer != 0;
        }
    }

    /// <summary>The gradient that <see cref="backward"/> accumulated, or null. Each read makes a new reference.</summary>
    public Tensor? grad
    {
        get
        {
            Status.Check(lethe_get_grad(Handle, out var handle));
            return handle.IsInvalid ? null : new Tensor(handle);
        }
        set => Status.Check(lethe_set_grad(Handle, value?.Handle ?? TensorHandle.None));
    }

    /// <summary>Switches recording on or off and returns this tensor.</summary>
    public Tensor requires_grad_(bool requires_grad = true)
    {
        this.requires_grad = requires_grad;
        return this;
    }

    /// <summary>Adds the gradient of this tensor to <see cref="grad"/> of every leaf that it depends on.</summary>
    /// <param name="gradient">The gradient with respect to this tensor; may be null for a single element.</param>
    /// <param name="retain_graph">Keep what was recorded, to call again.</param>
    /// <param name="create_graph">Record the computation of the gradients too.</param>
    public void backward(Tensor? gradient = null, bool retain_graph = false, bool create_graph = false) =>
        Status.Check(lethe_backward(Handle, gradient?.Handle ?? TensorHandle.None, retain_graph ? 1 : 0, create_graph ? 1 : 0));

    /// <summary>The same elements without history; memory is shared.</summary>
    public Tensor detach() => Wrap(lethe_detach(Handle, out var h), h);
}
