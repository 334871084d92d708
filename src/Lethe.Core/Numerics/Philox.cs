namespace Lethe.Core.Numerics;

/// <summary>
/// Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel Random Numbers: As Easy as 1, 2, 3; SC 2011): a keyed
/// bijection of 128-bit counters.
/// </summary>
internal static class Philox
{
    private const int Rounds = 10;
    private const uint MultiplierA = 0xD2511F53, MultiplierB = 0xCD9E8D57;
    private const uint WeylA = 0x9E3779B9, WeylB = 0xBB67AE85;

    public static (uint A, uint B, uint C, uint D) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var p0 = (ulong)MultiplierA * c0;
            var p1 = (ulong)MultiplierB * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += WeylA;
            k1 += WeylB;
        }
        return (c0, c1, c2, c3);
    }

    public static (ulong Low, ulong High) Block(ulong low, ulong high, ulong key)
    {
        var (a, b, c, d) = Block((uint)low, (uint)(low >> 32), (uint)high, (uint)(high >> 32), (uint)key, (uint)(key >> 32));
        return (a | (ulong)b << 32, c | (ulong)d << 32);
    }
}
