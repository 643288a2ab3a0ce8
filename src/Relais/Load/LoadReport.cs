using System.Globalization;
using System.Text;

namespace Relais.Load;

/// <summary>The table a person reads at the end of a run.</summary>
internal static class LoadReport
{
    public static string Text(LoadResult result)
    {
        var text = new StringBuilder();
        Line("Messages", $"{result.Messages} {(result.Rate > 0 ? $"at {result.Rate}/s" : $"over {result.Connections} connections")}, {result.Seconds:0.0} s");
        Line("Acknowledged", $"{result.Acknowledged}, {result.AcknowledgedPerSecond:0.#}/s");
        Line("Not acknowledged", $"{result.NotAcknowledged}");
        Line("Replies at the provider", $"{result.Replied}, {result.RepliesPerSecond:0.#}/s");
        Line("Webhook to 200", Times(result.ToAcknowledged));
        Line("Webhook to reply", Times(result.ToReply));
        Line("Lost · doubled", $"{result.Lost} · {result.Doubled}");
        Line("Calls the provider refused", $"{result.RefusedByProvider}");
        Line("Read receipts and typing", $"{result.OtherCalls}");
        if (result.StraySends > 0)
        {
            Line("Sends to other customers", $"{result.StraySends}");
        }

        if (result.StatusesPosted > 0)
        {
            Line("Statuses", $"{result.StatusesPosted}, {result.StatusesRefused} not acknowledged");
            Line("Status to 200", Times(result.StatusToAcknowledged));
        }

        foreach (var process in result.Processes)
        {
            Line(process.Name, $"{process.CpuMsPerMessage:0.###} ms CPU a message, at most {process.PeakMb:0} MB ({process.MemoryIs.ToUpperInvariant()})");
        }

        Line("This generator", $"{result.GeneratorCpuMsPerMessage:0.###} ms CPU a message");
        return text.ToString();

        void Line(string what, FormattableString value) =>
            text.Append(CultureInfo.InvariantCulture, $"{what,-28}").AppendLine(value.ToString(CultureInfo.InvariantCulture));
    }

    private static FormattableString Times(Latency latency)
    {
        if (latency.P50 is null)
        {
            return $"–";
        }

        return $"p50 {latency.P50:0.0} ms, p99 {latency.P99:0.0} ms, max {latency.Max:0.0} ms";
    }
}
