namespace Relais.Load;

/// <summary>Times in milliseconds; all null when nothing was measured.</summary>
internal sealed record Latency(double? P50, double? P99, double? Max)
{
    public static Latency Of(List<double> milliseconds)
    {
        if (milliseconds.Count == 0)
        {
            return new(null, null, null);
        }

        milliseconds.Sort();
        return new(At(0.50), At(0.99), Math.Round(milliseconds[^1], 2));

        double At(double share) => Math.Round(milliseconds[Math.Min(milliseconds.Count - 1, (int)(milliseconds.Count * share))], 2);
    }
}
