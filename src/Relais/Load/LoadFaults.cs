using Relais.Simulator;

namespace Relais.Load;

/// <summary>What goes wrong at the provider during a run: it is away at times, or one customer is slow throughout.</summary>
internal static class LoadFaults
{
    private const int PairRate = 131056;

    /// <summary>Plays them until cancelled.</summary>
    public static async Task Play(LoadOptions options, string slowPhone, FaultPlan faults, TimeProvider clock, CancellationToken cancel)
    {
        Set(isDown: false);
        while (options.ProviderDown is { } outage)
        {
            Set(isDown: true);
            await Task.Delay(outage.Down, clock, cancel);
            Set(isDown: false);
            await Task.Delay(outage.Every - outage.Down, clock, cancel);
        }

        void Set(bool isDown)
        {
            faults.Clear();
            if (isDown)
            {
                faults.Add(new Fault(FaultKind.Down));
            }

            if (options.SlowCustomer != SlowCustomer.None)
            {
                faults.Add(options.SlowCustomer == SlowCustomer.Hang
                    ? new Fault(FaultKind.Hang, To: slowPhone)
                    : new Fault(FaultKind.Refused, To: slowPhone, Code: PairRate));
            }
        }
    }
}
