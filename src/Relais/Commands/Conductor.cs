using Relais.Foundation;
using Relais.Health;
using Relais.Storage;

namespace Relais.Commands;

/// <summary>
/// Starts the workers once everything is prepared, and stops them in time. Until then webhooks are answered 503, so that the
/// provider keeps them.
/// </summary>
internal sealed class Conductor(
    Preparation preparation, IEnumerable<Worker> workers, WorkHealth health, bool isDemo, IHostApplicationLifetime lifetime,
    ILogger<Conductor> log) : BackgroundService
{
    private readonly List<Worker> running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await preparation.Run(isDemo, stoppingToken);
                break;
            }
            catch (StorageUnavailableException e)
            {
                log.LogError("{Reason} Relais tries again every two seconds", e.Message);
                await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(2), stoppingToken));
            }
            catch (NotSupportedException e)
            {
                // It never will work like this: say how to mend it and end, rather than run without doing anything.
                Environment.ExitCode = ServeCommand.Refuse(e.Message);
                lifetime.StopApplication();
                return;
            }
        }

        foreach (var worker in workers)
        {
            await worker.StartAsync(stoppingToken);
            running.Add(worker);
        }

        health.IsStarted = true;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        health.IsStopping = true;
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(running.Select(worker => worker.StopAsync(cancellationToken)));
    }
}
