using System.Reflection;
using System.Runtime.InteropServices;

namespace Lethe.Torch.Native;

/// <summary>The functions of native/include/lethe_torch.h, one file a family, and how their library is found.</summary>
internal static partial class NativeMethods
{
    private const string Library = "lethe_torch";
    private const string FileName = "liblethe_torch.so";

    static NativeMethods() => NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != Library)
            return 0;
        var path = Find();
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            throw new TorchException(
                $"{path} could not be loaded: {error.Message} Run setup/native.sh to build it against the libtorch of this machine.");
        }
    }

    private static string Find()
    {
        var named = Environment.GetEnvironmentVariable("LETHE_NATIVE");
        if (!string.IsNullOrEmpty(named))
        {
            var file = Directory.Exists(named) ? Path.Combine(named, FileName) : named;
            return File.Exists(file) ? file : throw new TorchException($"LETHE_NATIVE names {named}, but {file} does not exist.");
        }
        var beside = Path.Combine(AppContext.BaseDirectory, FileName);
        if (File.Exists(beside))
            return beside;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var built = Path.Combine(folder.FullName, "artifacts", "native", FileName);
            if (File.Exists(built))
                return built;
        }
        throw new TorchException(
            $"{FileName} was found neither beside the program ({AppContext.BaseDirectory}) nor in artifacts/native of a folder above it. "
            + "Run setup/native.sh, or set LETHE_NATIVE to the file.");
    }
}
