using Lethe.Core.Errors;

namespace Lethe.Bench;

/// <summary>Where the optional real data sets are: the folder named by LETHE_DATA, or <c>shared/data</c> beside the checkout.</summary>
internal static class DataFolder
{
    /// <summary>Path of one data set's folder.</summary>
    /// <exception cref="BadDataException">It is not there.</exception>
    public static string Of(string name)
    {
        var root = Environment.GetEnvironmentVariable("LETHE_DATA") ?? Beside(Environment.CurrentDirectory) ?? Beside(AppContext.BaseDirectory);
        var folder = root is null ? null : Path.Combine(root, name);
        return Directory.Exists(folder)
            ? folder
            : throw new BadDataException($"The data set '{name}' that this suite needs is missing. Set LETHE_DATA to the folder that holds '{name}/'.");
    }

    private static string? Beside(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
