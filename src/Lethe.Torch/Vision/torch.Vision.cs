using static Lethe.Torch.Native.NativeMethods;

namespace Lethe.Torch;

public static partial class torch
{
    /// <summary>Pictures.</summary>
    public static class vision
    {
        /// <summary>Decodes a JPEG, PNG, BMP, PGM or PPM picture.</summary>
        /// <param name="data">The whole file.</param>
        /// <param name="channels">0 as stored, 1 grey, 3 red, green, blue.</param>
        /// <returns>(C, H, W), Byte.</returns>
        /// <exception cref="TorchException">The bytes are no such picture.</exception>
        public static unsafe Tensor decode_image(ReadOnlySpan<byte> data, int channels = 0)
        {
            fixed (byte* p = data)
                return Made(lethe_image_decode(p, data.Length, channels, out var h), h);
        }
    }
}
