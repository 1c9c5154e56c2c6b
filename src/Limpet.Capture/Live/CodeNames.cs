using Limpet.Capture.Native;
using Limpet.Heap;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>
/// Names the method behind a code pointer. A delegate to a method that was not compiled yet points to a precode stub; the two
/// forms that the runtime uses on x64 since .NET 7 are followed to their method (source: <c>precode.h</c> of the runtime).
/// </summary>
internal sealed class CodeNames(ClrRuntime runtime, TargetMemory memory)
{
    private readonly Dictionary<ulong, MethodName?> names = [];

    public MethodName? Find(ulong code)
    {
        if (!names.TryGetValue(code, out MethodName? name))
        {
            ClrMethod? method = runtime.GetMethodByInstructionPointer(code) ?? FromPrecode(code, 0);
            name = NameOf(method);
            names[code] = name;
        }

        return name;
    }

    /// <summary>A method as the graph knows it; its module only where that came from a file.</summary>
    public static MethodName? NameOf(ClrMethod? method) => method is { Name: { } name, Type: { Name: { } type } declaring }
        ? new MethodName(type, name) { Module = declaring.Module is { IsDynamic: false, Name: { Length: > 0 } module } ? module : null, Token = method.MetadataToken }
        : null;

    private ClrMethod? FromPrecode(ulong code, int depth)
    {
        const int MaxJumps = 4;
        if (depth > MaxJumps || !memory.TryRead(code, out ulong bytes))
        {
            return null;
        }

        if ((bytes & 0xffff) == 0x25ff)
        {
            // jmp [rip + offset]: the data is (target, method).
            ulong data = code + 6 + (ulong)(int)(bytes >> 16);
            return memory.TryRead(data + 8, out ulong method) ? ByHandle(method) : null;
        }

        if ((bytes & 0xffffff) == 0x158b4c)
        {
            // mov r10, [rip + offset]: the data begins with the method.
            ulong data = code + 7 + (ulong)(int)(bytes >> 24);
            return memory.TryRead(data, out ulong method) ? ByHandle(method) : null;
        }

        if ((bytes & 0xff) == 0xe9)
        {
            ulong target = code + 5 + (ulong)(int)(bytes >> 8);
            return runtime.GetMethodByInstructionPointer(target) ?? FromPrecode(target, depth + 1);
        }

        return null;
    }

    private ClrMethod? ByHandle(ulong method) => method == 0 ? null : runtime.GetMethodByHandle(method);
}
