using System.Text.Json;
using Relais.Channels;
using Relais.Storage;

namespace Relais.Campaigns.Audience;

/// <summary>A row of a file.</summary>
internal sealed class CampaignRow
{
    public long RowNo { get; init; }

    public string Phone { get; init; } = "";

    public string Columns { get; init; } = "[]";

    public IReadOnlyList<string> Cells => JsonSerializer.Deserialize<List<string>>(Columns, ContentJson.Options)!;
}

/// <summary>Rows of the files that were brought for campaigns.</summary>
internal static class CampaignRowStore
{
    private static readonly Rows<(long TenantId, long CampaignId, long UploadId, CampaignRow Row)> InsertRows = new("""
        INSERT INTO campaign_row (tenant_id, campaign_id, upload_id, row_no, phone, columns)
        SELECT r.tenant_id, r.campaign_id, r.upload_id, r.row_no, r.phone, r.cells FROM {rows}
        """,
        Column<(long TenantId, long CampaignId, long UploadId, CampaignRow Row)>.Long("tenant_id", i => i.TenantId),
        Column<(long TenantId, long CampaignId, long UploadId, CampaignRow Row)>.Long("campaign_id", i => i.CampaignId),
        Column<(long TenantId, long CampaignId, long UploadId, CampaignRow Row)>.Long("upload_id", i => i.UploadId),
        Column<(long TenantId, long CampaignId, long UploadId, CampaignRow Row)>.Long("row_no", i => i.Row.RowNo),
        Column<(long TenantId, long CampaignId, long UploadId, CampaignRow Row)>.Text("phone", i => i.Row.Phone),
        Column<(long TenantId, long CampaignId, long UploadId, CampaignRow Row)>.Text("cells", i => i.Row.Columns));

    public static Task Insert(Tx tx, long tenantId, long campaignId, long uploadId, IReadOnlyList<CampaignRow> rows) =>
        tx.Each(InsertRows, [.. rows.Select(r => (tenantId, campaignId, uploadId, r))]);

    public static Task<List<CampaignRow>> Page(Tx tx, long tenantId, long campaignId, long uploadId, long after, int limit) => tx.Query<CampaignRow>("""
        SELECT row_no AS "RowNo", phone AS "Phone", columns AS "Columns" FROM campaign_row
        WHERE tenant_id = @tenantId AND campaign_id = @campaignId AND upload_id = @uploadId AND row_no > @after ORDER BY row_no LIMIT @limit
        """, new { tenantId, campaignId, uploadId, after, limit });

    public static Task<long> Count(Tx tx, long tenantId, long campaignId, long uploadId) => tx.QueryFirst<long>("""
        SELECT count(*) FROM campaign_row WHERE tenant_id = @tenantId AND campaign_id = @campaignId AND upload_id = @uploadId
        """, new { tenantId, campaignId, uploadId });

    /// <summary>Earlier files, and those that broke off; returns how many rows of at most so many.</summary>
    public static Task<int> ClearOthers(Tx tx, long tenantId, long campaignId, long uploadId, int limit) => tx.Execute("""
        DELETE FROM campaign_row WHERE tenant_id = @tenantId AND campaign_id = @campaignId AND (upload_id, row_no) IN (
          SELECT upload_id, row_no FROM campaign_row WHERE tenant_id = @tenantId AND campaign_id = @campaignId AND upload_id <> @uploadId LIMIT @limit)
        """, new { tenantId, campaignId, uploadId, limit });
}
