namespace Relais.Foundation;

/// <summary>
/// A loop that works until told to stop. One of the three places that catch what nobody expected: it is logged, waited out
/// with growing pauses, and tried again; nothing is counted as done by it.
/// </summary>
/// <param name="log">Where failures go.</param>
/// <param name="way">Given by workers on the path of a message, which yield to webhooks, and by those that follow it.</param>
/// <param name="follows">True for a worker that follows messages and yields to them too.</param>
internal abstract class Worker(ILogger log, RightOfWay? way = null, bool follows = false) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    protected ILogger Log { get; } = log;

    /// <summary>One round. True when there is surely more to do, false to wait for <see cref="Idle"/>.</summary>
    protected abstract Task<bool> Round(CancellationToken stopping);

    /// <summary>Waits until there may be something to do.</summary>
    protected abstract Task Idle(CancellationToken stopping);

    /// <summary>After the last round: gives back what is held.</summary>
    protected virtual Task Stopped() => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var pause = TimeSpan.FromMilliseconds(50);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await InTurn(stoppingToken))
                {
                    await Idle(stoppingToken);
                }

                pause = TimeSpan.FromMilliseconds(50);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // The one catch-all of the workers (see the summary).
            catch (Exception e)
#pragma warning restore CA1031
            {
                Telemetry.Failed(GetType().Name);
                Log.LogError(e, "{Worker} failed and goes on in {Pause} ms", GetType().Name, (int)pause.TotalMilliseconds);
                await Task.WhenAny(Task.Delay(pause, stoppingToken));
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }

        await Stopped();
    }

    private Task<bool> InTurn(CancellationToken stopping) =>
        way is null ? Round(stopping) : follows ? way.Following(Round, stopping) : way.Yielding(Round, stopping);
}
