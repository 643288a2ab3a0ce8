using System.Text.Json;
using Relais.Engine.Flows;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine;

/// <summary>
/// In: orders that were made or moved on. Out: the flows that wait for that, begun with the order's customer. A move is marked in the
/// transaction that begins them, so none begins twice; where people or another flow have the conversation, none begins.
/// </summary>
internal sealed class OrderFlowWorker(Database database, FlowDirectory directory, FlowStarts starts, Ids ids, Clock clock, ILogger<OrderFlowWorker> log)
    : Worker(log)
{
    private const int Most = 50;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var happenings = await database.Read(Scope.Pipeline, tx => OrderFlowStore.Next(tx, Most), stopping);
        if (happenings.Count == 0)
        {
            return false;
        }

        var begun = new List<(OrderHappening Happening, KnownFlow Flow)>();
        foreach (var happening in happenings)
        {
            if (await Flow(happening, stopping) is { } flow)
            {
                begun.Add((happening, flow));
            }
        }

        // Most businesses have no such flow: theirs are marked all at once.
        var rest = happenings.Except(begun.Select(b => b.Happening)).ToList();
        await database.Write(Scope.Pipeline, tx => OrderFlowStore.Take(tx, rest, clock.Micros), CancellationToken.None);
        foreach (var (happening, flow) in begun)
        {
            stopping.ThrowIfCancellationRequested();
            var range = await ids.Take(FlowStarts.IdsNeeded, stopping);
            await database.Write(Scope.Pipeline, async tx =>
            {
                range.Rewind();
                if (await OrderFlowStore.Take(tx, [happening], clock.Micros) > 0)
                {
                    await starts.Start(tx, happening.TenantId, flow, Request(happening), range, "order");
                }
            }, CancellationToken.None);
        }

        return happenings.Count == Most;
    }

    protected override Task Idle(CancellationToken stopping) => Task.Delay(TimeSpan.FromSeconds(1), stopping);

    private async Task<KnownFlow?> Flow(OrderHappening happening, CancellationToken stopping) => happening.ContactId is null ? null
        : (await directory.Of(happening.TenantId, happening.Revision, stopping)).Flows.FirstOrDefault(f => f.Version > 0 && f.Settings.Triggers.Any(t =>
            t.Type == "order" && (t.Values.Count == 0 || t.Values.Contains(happening.Event))));

    /// <summary>What the flow reads as trigger.request.parameters.</summary>
    private static FlowStartRequest Request(OrderHappening order) => new(ContactId: order.ContactId, Parameters: JsonSerializer.SerializeToElement(new
    {
        @event = order.Event, order_id = order.OrderId, order_number = order.OrderNumber ?? order.TrackingNumber,
        tracking_number = order.TrackingNumber, status = order.ToStatus, total_minor = order.TotalMinor, currency = order.Currency,
    }));
}
