using System.Globalization;

namespace Lethe.Training.Models;

/// <summary>TorchScript expressions of layers, applied to the variable x; a layer is given by its path, such as self.conv1.</summary>
internal static class ScriptText
{
    public static string Forward(params IEnumerable<string> statements) =>
        "def forward(self, x: Tensor) -> Tensor:\n" + string.Concat(statements.Select(statement => $"    {statement}\n"));

    public static string Linear(string layer) => $"torch.linear(x, {layer}.weight, {layer}.bias)";

    public static string Conv2d(string layer, long stride, long padding, bool bias, long groups = 1) =>
        $"torch.conv2d(x, {layer}.weight, {(bias ? $"{layer}.bias" : "None")}, [{stride}, {stride}], [{padding}, {padding}], [1, 1], {groups})";

    public static string BatchNorm(string layer) =>
        $"torch.batch_norm(x, {layer}.weight, {layer}.bias, {layer}.running_mean, {layer}.running_var, False, 0.1, 1e-05, True)";

    public static string LayerNorm(string layer, long width, double epsilon) => string.Create(
        CultureInfo.InvariantCulture, $"torch.layer_norm(x, [{width}], {layer}.weight, {layer}.bias, {epsilon}, False)");

    public static string MaxPool2d(long kernel, long stride, long padding) =>
        $"torch.max_pool2d(x, [{kernel}, {kernel}], [{stride}, {stride}], [{padding}, {padding}], [1, 1], False)";

    public const string Relu = "x = torch.relu(x)";

    public const string Flatten = "x = torch.flatten(x, 1)";

    public const string GlobalAverage = "x = torch.flatten(torch.adaptive_avg_pool2d(x, [1, 1]), 1)";
}
