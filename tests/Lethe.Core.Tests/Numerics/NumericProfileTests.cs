using Lethe.Core.Numerics;
using Lethe.Core.Store;

namespace Lethe.Core.Tests.Numerics;

public class NumericProfileTests
{
    private static readonly NumericProfile s_profile = new("1.13.1", 2, "AVX512", "fp32", "cpu", "OpenBLAS");

    [Fact]
    public void Digest_tells_profiles_apart_by_every_member()
    {
        NumericProfile[] others =
        [
            s_profile with { LibtorchVersion = "2.0" }, s_profile with { Threads = 1 }, s_profile with { CpuCapability = "AVX2" },
            s_profile with { Precision = "bf16" }, s_profile with { Device = "cuda:0" }, s_profile with { BuildInfo = "MKL" },
        ];
        Assert.Equal(s_profile.Digest, (s_profile with { }).Digest);
        Assert.Equal(7, others.Append(s_profile).Select(profile => profile.Digest).Distinct().Count());
    }

    [Fact]
    public void Json_goes_both_ways() =>
        Assert.Equal(s_profile, CanonicalJson.Deserialize<NumericProfile>(CanonicalJson.Serialize(s_profile)));
}
