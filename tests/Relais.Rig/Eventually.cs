namespace Relais.Rig;

/// <summary>Waits for something that becomes true by itself. The bound is generous: machines are shared.</summary>
internal static class Eventually
{
    public static async Task Holds(Func<Task<bool>> condition, string what, TimeSpan? within = null)
    {
        var until = Environment.TickCount64 + (long)(within ?? TimeSpan.FromSeconds(30)).TotalMilliseconds;
        while (!await condition())
        {
            if (Environment.TickCount64 > until)
            {
                throw new TimeoutException($"It did not come true in time that {what}.");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>
    /// Waits until a reading finds nothing, and returns that very reading: work that begins a moment later (a lane whose pause ends)
    /// is not left undone. After <paramref name="within"/> it returns what is still there.
    /// </summary>
    public static async Task<List<string>> Empty(Func<Task<List<string>>> look, TimeSpan within)
    {
        var until = Environment.TickCount64 + (long)within.TotalMilliseconds;
        while (true)
        {
            var left = await look();
            if (left.Count == 0 || Environment.TickCount64 >= until)
            {
                return left;
            }

            await Task.Delay(50);
        }
    }
}
