using System.Text;

namespace Limpet.Cli.Hunting.Drivers;

/// <summary>
/// Groups lines that differ in their numbers only: "order 17 is refused" and "order 18 is refused" are one reason to fail and not two. Keeps
/// the first line of each of at most <paramref name="most"/> shapes. Not for several threads at once.
/// </summary>
internal sealed class LineShapes(int most)
{
    private readonly Dictionary<string, string> _firstOfShape = new(StringComparer.Ordinal);

    /// <summary>The first line that had the shape of this one; the line itself when it is that, or when there are too many shapes to keep.</summary>
    public string Representative(string line)
    {
        string shape = ShapeOf(line);
        if (!_firstOfShape.TryGetValue(shape, out string? first))
        {
            first = line;
            if (_firstOfShape.Count < most)
            {
                _firstOfShape.Add(shape, line);
            }
        }

        return first;
    }

    private static string ShapeOf(string line)
    {
        StringBuilder shape = new(line.Length);
        foreach (char c in line)
        {
            if (!char.IsAsciiDigit(c))
            {
                shape.Append(c);
            }
            else if (shape.Length == 0 || shape[^1] != '0')
            {
                shape.Append('0');
            }
        }

        return shape.ToString();
    }
}
