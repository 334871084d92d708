using Lethe.Core.Errors;
using Lethe.Methods.Options;

namespace Lethe.Methods.Tests;

/// <summary>An option that would do nothing is refused, with what leaves it without effect.</summary>
public sealed class IdleOptionsTests
{
    public static TheoryData<string> Methods => [.. MethodCatalog.Names];

    [Theory]
    [InlineData("unsir", "noise=random noise-steps=3", "noise-steps", "--noise random")]
    [InlineData("unsir", "noise=random noise-rate=0.2", "noise-rate", "--noise random")]
    [InlineData("unsir", "noise=none noise-lambda=0.2", "noise-lambda", "--noise none")]
    [InlineData("unsir", "noise=none noise-batch=8", "noise-batch", "--noise none")]
    [InlineData("unsir", "noise=none copies=3", "copies", "--noise none")]
    [InlineData("unsir", "noise=none retain-share=0.5 as-published=true", "as-published", "--retain-share")]
    [InlineData("unsir", "noise-steps=0 noise-rate=0.2", "noise-rate", "--noise-steps 0")]
    [InlineData("unsir", "noise-steps=0 noise-lambda=0.2", "noise-lambda", "--noise-steps 0")]
    [InlineData("unsir", "repair-epochs=0 repair-lr=0.2", "repair-lr", "--repair-epochs 0")]
    [InlineData("unsir-records", "noise-steps=0 noise-rate=0.2", "noise-rate", "--noise-steps 0")]
    [InlineData("unsir-records", "repair-epochs=0 repair-lr=0.2", "repair-lr", "--repair-epochs 0")]
    [InlineData("aru", "validation-share=0 patience=3", "patience", "--validation-share 0")]
    [InlineData("aru", "mask=random attack-steps=3", "attack-steps", "--mask random")]
    [InlineData("aru", "mask=none initializer=zeros", "initializer", "--mask none")]
    [InlineData("scrub", "msteps=0 forget-batch-size=8", "forget-batch-size", "--msteps 0")]
    [InlineData("scrub", "msteps=0 loss-cap=8", "loss-cap", "--msteps 0")]
    [InlineData("scrub", "msteps=0 alpha=0 temperature=2", "temperature", "--alpha 0")]
    [InlineData("scrub", "rate-decay=0.5", "rate-decay", "--epochs 4 or more")]
    [InlineData("scrub", "rate-decay=0.5 epochs=2", "rate-decay", "there are 2")]
    [InlineData("amnesiac", "epochs=0 lr=0.1", "lr", "--epochs 0")]
    public void It_is_refused_by_name(string method, string options, string idle, string because)
    {
        var message = Assert.Throws<UsageException>(() => Parse(options).RequireFor(MethodCatalog.Find(method).Descriptor)).Message;
        Assert.StartsWith($"--{idle} ", message, StringComparison.Ordinal);
        Assert.Contains(because, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unsir", "noise=random noise-batch=8 copies=3")]
    [InlineData("unsir", "noise=none retain-share=0.5 batch-size=8")]
    [InlineData("unsir", "noise=none as-published=true")]
    [InlineData("unsir", "noise-steps=0 noise-batch=8")]
    [InlineData("aru", "validation-share=0 epochs=3")]
    [InlineData("aru", "mask=noise attack-epsilon=0.1 patience=4")]
    [InlineData("scrub", "msteps=0 alpha=0.5 temperature=2")]
    [InlineData("scrub", "rate-decay=0.5 epochs=4")]
    [InlineData("amnesiac", "epochs=0")]
    public void What_has_an_effect_is_taken(string method, string options) => Parse(options).RequireFor(MethodCatalog.Find(method).Descriptor);

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_plan_which_carries_every_option_can_be_planned_again_by_those_that_were_chosen(string method)
    {
        var descriptor = MethodCatalog.Find(method).Descriptor;
        var chosen = Parse(method switch { "aru" => "mask=random", "unsir" => "noise=none", "scrub" => "msteps=0", "deep-obliviate" => "stop=fit", "amnesiac" => "epochs=0", _ => "" });
        var planned = chosen.For(descriptor).Texts;
        var again = MethodOptions.Of(planned).WithoutDefaults(descriptor);
        Assert.Equal(chosen.Values, again.Values);
        again.RequireFor(descriptor);
        Assert.Equal(planned, again.For(descriptor).Texts);
    }

    private static MethodOptions Parse(string options) => MethodOptions.Of(options
        .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('=')).ToDictionary(parts => parts[0], parts => parts[1]));
}
