using Lethe.Core.Errors;
using Lethe.Core.Numerics;
using Lethe.Torch;
using Lethe.Training.Training;

namespace Lethe.Training.Runs;

/// <summary>The numeric profile of this process, and whether it may go on with a run.</summary>
public static class EngineProfile
{
    /// <summary>Describes what this process computes with when it follows a recipe.</summary>
    public static NumericProfile Current(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var precision = recipe.Precision == Precision.Bf16 ? "bf16" : "fp32";
        return new NumericProfile(
            torch.version, recipe.Threads, torch.cpu_capability, precision, recipe.Device, torch.build_info.Trim());
    }

    /// <summary>Sets libtorch's threads to the recipe's, unless they are so already. Call on the thread that computes.</summary>
    public static void Apply(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        if (torch.get_num_threads() != recipe.Threads)
        {
            torch.set_num_threads(recipe.Threads);
        }
    }

    /// <summary>Refuses a device that is not there.</summary>
    /// <param name="device"><c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="instead">What to do without it, such as "Train".</param>
    /// <exception cref="UsageException">libtorch sees no CUDA device.</exception>
    public static void RequireDevice(string device, string instead)
    {
        if (device == "cuda" && !torch.cuda.is_available())
        {
            throw new UsageException($"--device cuda: this libtorch sees no CUDA device. {instead} with --device cpu, or set LIBTORCH to a CUDA build.");
        }
    }

    /// <summary>Refuses to go on when bits would differ from those that the run holds.</summary>
    /// <param name="recorded">The run's profile.</param>
    /// <param name="current">This process's profile.</param>
    /// <exception cref="BadDataException">They differ; the message names what and both values.</exception>
    public static void Require(NumericProfile recorded, NumericProfile current)
    {
        var differences = Differences(recorded, current);
        if (differences.Count > 0)
        {
            throw new BadDataException(
                $"This process would not compute the same bits as the one that trained the run: {string.Join("; ", differences)}. "
                + "Go on where it was trained, or pass --force-profile to accept a run that cannot be reproduced bit by bit.");
        }
    }

    /// <summary>In what two profiles differ, with both values; empty when they compute the same bits.</summary>
    /// <param name="recorded">The profile of then ("there").</param>
    /// <param name="current">The profile of now ("here").</param>
    public static IReadOnlyList<string> Differences(NumericProfile recorded, NumericProfile current)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        ArgumentNullException.ThrowIfNull(current);
        (string Name, string Recorded, string Current)[] values =
        [
            ("libtorch", recorded.LibtorchVersion, current.LibtorchVersion),
            ("threads", $"{recorded.Threads}", $"{current.Threads}"),
            ("CPU capability", recorded.CpuCapability, current.CpuCapability),
            ("precision", recorded.Precision, current.Precision),
            ("device", recorded.Device, current.Device),
            ("libtorch build", DigestOf(recorded.BuildInfo), DigestOf(current.BuildInfo)),
        ];
        return [.. values.Where(value => value.Recorded != value.Current).Select(value => $"{value.Name} {value.Recorded} there, {value.Current} here")];
    }

    private static string DigestOf(string text) => Core.Records.Digest.OfText(text).Short;
}
