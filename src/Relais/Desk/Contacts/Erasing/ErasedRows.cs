using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Desk.Contacts.Erasing;

/// <summary>A customer's rows in files that were brought: of imports that wait, of campaigns. Numbers stand in files in many ways, so digits are compared.</summary>
internal static class ErasedRows
{
    /// <summary>Digits at a number's end by which rows are found; which of them name the number is looked at one by one.</summary>
    private const int Tail = 7;

    /// <param name="numbers">Digits, with the country code.</param>
    public static async Task Blank(Tx tx, long tenantId, IReadOnlyList<string> numbers)
    {
        await Imports(tx, tenantId, numbers);
        foreach (var number in numbers)
        {
            await Campaigns(tx, tenantId, number);
        }
    }

    /// <summary>
    /// Who waits in a campaign's list is skipped, in the counts kept with it, too. The campaigns are taken first, as their worker takes them,
    /// and looked at after that.
    /// </summary>
    public static async Task Uncount(Tx tx, long tenantId, IReadOnlyList<long> contacts)
    {
        var theirs = tx.Dialect.In("contacts");
        var args = new { tenantId, contacts = contacts.ToArray() };
        foreach (var id in await tx.Query<long>($"SELECT DISTINCT campaign_id FROM campaign_recipient WHERE tenant_id = @tenantId AND contact_id {theirs} AND state = 0 ORDER BY campaign_id", args))
        {
            await tx.Execute("UPDATE campaign SET updated_at = updated_at WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id });
            var waiting = await tx.QueryFirst<long>(
                $"SELECT count(*) FROM campaign_recipient WHERE tenant_id = @tenantId AND campaign_id = @id AND contact_id {theirs} AND state = 0", new { tenantId, id, args.contacts });
            await tx.Execute("UPDATE campaign SET waiting = waiting - @waiting, skipped = skipped + @waiting WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, waiting });
        }
    }

    private static async Task Imports(Tx tx, long tenantId, IReadOnlyList<string> numbers)
    {
        foreach (var (import, position) in await tx.Query<(long ImportId, long Position)>("SELECT import_id, position FROM import_chunk WHERE tenant_id = @tenantId", new { tenantId }))
        {
            var args = new { tenantId, import, position };
            var rows = JsonSerializer.Deserialize<List<JsonElement>>(await tx.QueryFirst<string>(
                "SELECT content FROM import_chunk WHERE tenant_id = @tenantId AND import_id = @import AND position = @position", args) ?? "[]")!;
            foreach (var row in rows.Where(r => r.GetProperty("cells").EnumerateArray().Any(c => numbers.Any(n => Names(c.GetString(), n)))).ToList())
            {
                rows.Remove(row);
                await tx.Execute("UPDATE import_problem SET value = NULL WHERE tenant_id = @tenantId AND import_id = @import AND row_number = @number",
                    new { tenantId, import, number = row.GetProperty("number").GetInt64() });
                await tx.Execute("UPDATE import_chunk SET content = @content WHERE tenant_id = @tenantId AND import_id = @import AND position = @position",
                    new { tenantId, import, position, content = JsonSerializer.Serialize(rows, ApiJson.Options) });
            }
        }
    }

    private static async Task Campaigns(Tx tx, long tenantId, string number)
    {
        var args = new { tenantId, tail = $"%{number[^Math.Min(Tail, number.Length)..]}" };
        foreach (var row in await tx.Query<(long CampaignId, long UploadId, long RowNo, string Phone)>(
            $"SELECT campaign_id, upload_id, row_no, phone FROM campaign_row WHERE tenant_id = @tenantId AND {Bare(tx)} LIKE @tail", args))
        {
            if (Names(row.Phone, number))
            {
                await tx.Execute("""
                    UPDATE campaign_row SET phone = '', columns = '[]' WHERE tenant_id = @tenantId AND campaign_id = @CampaignId AND upload_id = @UploadId AND row_no = @RowNo
                    """, new { tenantId, row.CampaignId, row.UploadId, row.RowNo });
            }
        }

        // Whoever stands in a list twice has no contact in the second row.
        foreach (var row in await tx.Query<(long CampaignId, long Position, string Phone)>(
            $"SELECT campaign_id, position, phone FROM campaign_recipient WHERE tenant_id = @tenantId AND contact_id IS NULL AND {Bare(tx)} LIKE @tail", args))
        {
            if (Names(row.Phone, number))
            {
                await tx.Execute("""
                    UPDATE campaign_recipient SET phone = NULL, variables = '{}', reason = NULL WHERE tenant_id = @tenantId AND campaign_id = @CampaignId AND position = @Position
                    """, new { tenantId, row.CampaignId, row.Position });
            }
        }
    }

    /// <summary>The phone without what people put between its digits.</summary>
    private static string Bare(Tx tx) => tx.Dialect.IsPostgres
        ? "regexp_replace(phone, '[^0-9]', '', 'g')"
        : "replace(replace(replace(replace(replace(replace(replace(phone, ' ', ''), '-', ''), '.', ''), '(', ''), ')', ''), '/', ''), char(160), '')";

    /// <summary>The digits of a cell are the number, with or without what stands before it at home or abroad.</summary>
    private static bool Names(string? cell, string number)
    {
        var there = string.Concat((cell ?? "").Where(char.IsAsciiDigit)).TrimStart('0');
        return there.Length >= 7 && (there.EndsWith(number, StringComparison.Ordinal) || number.EndsWith(there, StringComparison.Ordinal));
    }
}
