using System.Text;
using QRCoder;

namespace Relais.Tenants.Entry;

/// <summary>A QR code as the path of an SVG: one unit a module, the quiet zone included, dark on light.</summary>
/// <param name="Size">Width and height of the view box.</param>
/// <param name="Path">For the <c>d</c> of a path.</param>
internal sealed record QrPath(int Size, string Path)
{
    public static QrPath Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = data.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Length; x++)
            {
                var from = x;
                while (x < rows[y].Length && rows[y][x])
                {
                    x++;
                }

                if (x > from)
                {
                    path.Append($"M{from} {y}h{x - from}v1h-{x - from}z");
                }
            }
        }

        return new QrPath(rows.Count, path.ToString());
    }
}
