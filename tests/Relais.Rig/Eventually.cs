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
}
