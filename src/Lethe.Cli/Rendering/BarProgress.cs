using Lethe.Core.Progress;
using Spectre.Console;

namespace Lethe.Cli.Rendering;

/// <summary>Progress bars with the time that is left, on a terminal.</summary>
internal sealed class BarProgress : IProgress<ProgressUpdate>
{
    private readonly ProgressContext _context;
    private readonly Dictionary<string, ProgressTask> _tasks = [];
    private readonly Lock _gate = new();

    private BarProgress(ProgressContext context) => _context = context;

    public static T Run<T>(IAnsiConsole console, Func<IProgress<ProgressUpdate>, T> work) => console.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
        .Start(context => work(new BarProgress(context)));

    public void Report(ProgressUpdate value)
    {
        lock (_gate)
        {
            if (!_tasks.TryGetValue(value.Stage, out var task) || value.Done < task.Value)
            {
                foreach (var earlier in _tasks.Values.Where(earlier => !earlier.IsFinished))
                    earlier.StopTask();
                _tasks[value.Stage] = task = _context.AddTask(Markup.Escape(value.Stage));
            }

            task.IsIndeterminate = value.Total <= 0;
            if (value.Total > 0)
            {
                task.MaxValue = value.Total;
                task.Value = value.Done;
            }

            task.Description = Markup.Escape(value.Detail is null ? value.Stage : $"{value.Stage}: {value.Detail}");
        }
    }
}
