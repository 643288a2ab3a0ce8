using System.Globalization;
using Relais.Storage;

namespace Relais.FollowUps;

/// <summary>A day on which the business follows nobody up.</summary>
internal sealed class Holiday
{
    /// <summary>ISO date.</summary>
    public string Day { get; init; } = "";

    public string Name { get; init; } = "";
}

internal static class HolidayStore
{
    public static Task<List<Holiday>> All(Tx tx, long tenantId) => tx.Query<Holiday>(
        "SELECT day AS \"Day\", name AS \"Name\" FROM follow_up_holiday WHERE tenant_id = @tenantId ORDER BY day", new { tenantId });

    public static async Task<HashSet<DateOnly>> Days(Tx tx, long tenantId) =>
        [.. (await All(tx, tenantId)).Select(h => DateOnly.ParseExact(h.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture))];

    /// <summary>Whether holidays of the customer's country count; they do unless it was switched off.</summary>
    public static async Task<bool> CountsCountry(Tx tx, long tenantId) => await tx.QueryFirst<long?>(
        "SELECT country_holidays FROM follow_up_setting WHERE tenant_id = @tenantId", new { tenantId }) is null or 1;

    public static async Task Replace(Tx tx, long tenantId, IReadOnlyList<Holiday> days, bool countsCountry)
    {
        await tx.Execute("DELETE FROM follow_up_holiday WHERE tenant_id = @tenantId", new { tenantId });
        foreach (var day in days)
        {
            await tx.Execute("INSERT INTO follow_up_holiday (tenant_id, day, name) VALUES (@tenantId, @Day, @Name)", new { tenantId, day.Day, day.Name });
        }

        await tx.Execute("""
            INSERT INTO follow_up_setting (tenant_id, country_holidays) VALUES (@tenantId, @country)
            ON CONFLICT (tenant_id) DO UPDATE SET country_holidays = excluded.country_holidays
            """, new { tenantId, country = countsCountry ? 1L : 0 });
    }
}
