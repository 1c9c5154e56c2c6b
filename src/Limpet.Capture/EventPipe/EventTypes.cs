using System.Text;
using Limpet.Heap;

namespace Limpet.Capture.EventPipe;

/// <summary>
/// Names types as the other sources do. The runtime writes <c>Inner`1[System.Int32,System.String]</c> and lists the types of the parameters, the name with the
/// outer type is in the metadata, and the whole is <c>Outer&lt;System.Int32&gt;+Inner&lt;System.String&gt;</c>.
/// </summary>
internal sealed class EventTypes(IReadOnlyDictionary<ulong, EventType> types, EventModules modules)
{
    private const int MaxDepth = 16;
    private readonly Dictionary<ulong, string> names = [];

    /// <summary>Types that objects have and that were not described.</summary>
    public int Undescribed { get; private set; }

    /// <summary>The type for the graph.</summary>
    public HeapType Of(ulong id)
    {
        if (!types.TryGetValue(id, out EventType? type) || NameOf(id, 0) is not { } name)
        {
            Undescribed++;
            return new HeapType($"(type {id:x} without a name)");
        }

        TypeTraits traits =
            (type.IsArray ? TypeTraits.Array : 0)
            | ((type.Flags & EventTypeFlags.Delegate) != 0 ? TypeTraits.Delegate : 0)
            | ((type.Flags & EventTypeFlags.Finalizable) != 0 ? TypeTraits.Finalizable : 0)
            | (name == "System.String" ? TypeTraits.String : 0);
        return new HeapType(name, modules.FileOf(type), traits);
    }

    private string? NameOf(ulong id, int depth)
    {
        if (names.TryGetValue(id, out string? known))
        {
            return known;
        }

        if (depth > MaxDepth || !types.TryGetValue(id, out EventType? type))
        {
            return null;
        }

        string? name = type.IsArray && type.Parameters is [ulong element]
            ? NameOf(element, depth + 1) is { } elements ? elements + Brackets(type) : null
            : Spell(type, depth);
        if (name is not null)
        {
            names[id] = name;
        }

        return name;
    }

    private static string Brackets(EventType type) => $"[{new string(',', Math.Max(0, type.Rank - 1))}]";

    private string? Spell(EventType type, int depth)
    {
        if (type.Name.Length == 0)
        {
            return null;
        }

        StringBuilder text = new();
        int taken = 0;
        foreach (string part in (modules.NameOf(type) ?? type.BareName).Split('+'))
        {
            text.Append(text.Length == 0 ? "" : "+");
            int tick = part.LastIndexOf('`');
            if (tick < 0 || !int.TryParse(part.AsSpan(tick + 1), out int own) || own <= 0 || taken + own > type.Parameters.Length)
            {
                text.Append(part);
                continue;
            }

            string?[] arguments = [.. type.Parameters.AsSpan(taken, own).ToArray().Select(parameter => NameOf(parameter, depth + 1))];
            taken += own;
            text.Append(part, 0, tick).Append('<').AppendJoin(", ", arguments.Select(argument => argument ?? "?")).Append('>');
        }

        return text.ToString();
    }
}
