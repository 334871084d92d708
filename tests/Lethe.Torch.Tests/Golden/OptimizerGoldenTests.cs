using System.Text.Json;
using static Lethe.Torch.torch.optim;

namespace Lethe.Torch.Tests.Golden;

public sealed class OptimizerGoldenTests
{
    private const int Steps = 6;
    private static readonly GoldenFile Golden = new("optim.safetensors");

    private static readonly Dictionary<string, Func<IEnumerable<Tensor>, Optimizer>> Optimizers = new(StringComparer.Ordinal)
    {
        ["sgd"] = p => SGD(p, 0.1),
        ["sgd_decay"] = p => SGD(p, 0.1, weight_decay: 0.05),
        ["sgd_momentum"] = p => SGD(p, 0.1, momentum: 0.9),
        ["sgd_dampening"] = p => SGD(p, 0.1, momentum: 0.9, dampening: 0.3, weight_decay: 0.05),
        ["sgd_nesterov"] = p => SGD(p, 0.1, momentum: 0.9, nesterov: true, weight_decay: 0.05),
        ["adam"] = p => Adam(p, 0.01),
        ["adam_decay"] = p => Adam(p, 0.01, beta1: 0.8, beta2: 0.95, eps: 1e-6, weight_decay: 0.1),
        ["adamw"] = p => AdamW(p, 0.01),
        ["adamw_decay"] = p => AdamW(p, 0.01, beta1: 0.8, beta2: 0.95, weight_decay: 0.2),
    };

    private static readonly Dictionary<string, Func<Optimizer, lr_scheduler.LRScheduler>> Schedulers = new(StringComparer.Ordinal)
    {
        ["step"] = o => lr_scheduler.StepLR(o, 4, 0.5),
        ["multi_step"] = o => lr_scheduler.MultiStepLR(o, [3, 7, 7], 0.2),
        ["exponential"] = o => lr_scheduler.ExponentialLR(o, 0.9),
        ["cosine"] = o => lr_scheduler.CosineAnnealingLR(o, 8, 0.01),
        ["linear"] = o => lr_scheduler.LinearLR(o, 0.25, 0.75, 6),
        ["lambda"] = o => lr_scheduler.LambdaLR(o, epoch => 1 / (1 + epoch / 20.0)),
    };

    public static TheoryData<string> Runs => [.. Golden.Names("").Select(name => name.Split('/')[0]).Where(name => name != "gradient").Distinct()];

    public static TheoryData<string> SchedulerNames => [.. Schedulers.Keys];

    /// <summary>Each run in single precision, and with every way through memory: as stored, transposed (strided), and double.</summary>
    [Theory]
    [MemberData(nameof(Runs))]
    public void StepsAreThoseOfPyTorch(string run)
    {
        FollowsPyTorch(run, value => value.clone(), (step, i) => Golden[$"gradient/{step}/{i}"]);
        FollowsPyTorch(run, value => value.to(torch.float64), (step, i) => Golden[$"gradient/{step}/{i}"].to(torch.float64));
        FollowsPyTorch(
            run, value => value.clone(),
            (step, i) => Golden[$"gradient/{step}/{i}"] is var g && g.dim() == 2 ? g.t().contiguous().t() : g);
    }

    private static void FollowsPyTorch(string run, Func<Tensor, Tensor> make, Func<int, int, Tensor> gradient)
    {
        using var scope = torch.NewDisposeScope();
        var parameters = Golden.Series($"{run}/start").Select(start => make(start).requires_grad_()).ToArray();
        using var optimizer = Optimizers[run](parameters);
        for (var step = 0; step < Steps; step++)
        {
            for (var i = 0; i < parameters.Length; i++)
                parameters[i].grad = (step, i) == (0, 1) ? null : gradient(step, i);
            optimizer.step();
            for (var i = 0; i < parameters.Length; i++)
                TensorAssert.Close(Golden[$"{run}/after/{step}/{i}"], parameters[i], $"{run}, step {step}, parameter {i}", 3e-6);
        }
    }

    [Theory]
    [MemberData(nameof(SchedulerNames))]
    public void RatesAreThoseOfPyTorch(string name)
    {
        var golden = JsonSerializer.Deserialize<Dictionary<string, double[]>>(File.ReadAllText(GoldenFile.PathOf("schedules.json")))!;
        using var parameter = torch.zeros([1]).requires_grad_();
        using var optimizer = SGD([parameter], 0.3);
        var scheduler = Schedulers[name](optimizer);
        foreach (var rate in golden[name])
        {
            Assert.Equal(rate, optimizer.LearningRate, 1e-12);
            Assert.Equal(rate, scheduler.get_last_lr(), 1e-12);
            scheduler.step();
        }
    }
}
