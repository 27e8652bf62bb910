package io.jenkins.plugins.provenbackup.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FieldReaderTest {

    @Property
    void readsBackEveryNumber(
            @ForAll @LongRange(min = 0) long number,
            @ForAll @LongRange(min = -(1L << 62), max = (1L << 62) - 1) long signed)
            throws Exception {
        FieldReader in = reader(new FieldWriter()
                .varint(number)
                .zigzag(signed)
                .u64(signed)
                .u32(number & 0xffff_ffffL)
                .toByteArray());

        assertThat(in.varint("a")).isEqualTo(number);
        assertThat(in.zigzag("b")).isEqualTo(signed);
        assertThat(in.u64("c")).isEqualTo(signed);
        assertThat(in.u32("d")).isEqualTo(number & 0xffff_ffffL);
        in.end();
    }

    @Test
    void readsBackTextAndTimes() throws Exception {
        Instant before1970 = Instant.ofEpochSecond(-2, 999_999_999);
        FieldReader in = reader(new FieldWriter()
                .text("J\u00fcrgen \ud83d\ude00")
                .time(before1970)
                .u8(255)
                .u16(65535)
                .bytes(new byte[3])
                .toByteArray());

        assertThat(in.text("a", 100)).isEqualTo("J\u00fcrgen \ud83d\ude00");
        assertThat(in.time("b")).isEqualTo(before1970);
        assertThat(in.u8("c")).isEqualTo(255);
        assertThat(in.u16("d")).isEqualTo(65535);
        assertThat(in.bytes("e", 3)).isEqualTo(new byte[3]);
        in.end();
    }

    @Test
    void refusesNumbersThatAreTooLongOrTooLarge() {
        assertRefused(() -> hex("8000").varint("the count"), "the count is a number in more bytes than it needs");
        assertRefused(() -> hex("ffffffffffffffffff7f").varint("the count"), "more than 63 bits");
        assertRefused(() -> hex("ffffffffffffffffff01").varint("the count"), "more than 63 bits");
        assertRefused(() -> hex("05").varint("the count", 4), "the count is 5, more than 4");
        assertRefused(() -> hex("05").index("the owner", 5), "the owner is 5, but there are only 5");
        assertRefused(
                () -> hex("0080948ebbdb03" + "80948ebbdb03").time("a time").plusSeconds(1), "a time");
    }

    @Test
    void refusesLengthsBeyondItsEndWithoutAllocating() {
        assertRefused(() -> hex("ffffffff07").bytes("the name", Integer.MAX_VALUE), "the name is 2147483647");
        assertRefused(() -> hex("0501").bytes("the name", 100), "the name is 5, more than the rest");
        assertRefused(() -> hex("ff").varint("the count"), "it is cut off in the count");
        assertRefused(() -> hex("0001").u32("the epoch"), "it is cut off in the epoch");
        assertRefused(() -> hex("03").count("the number of keys", 32, 100), "the number of keys is 3");
    }

    @Test
    void refusesTextThatIsNotUtf8AndBytesAfterTheEnd() {
        assertRefused(() -> hex("02c328").text("the user", 10), "the user is not UTF-8");
        assertRefused(() -> hex("00").end(), "1 bytes follow its end");
    }

    @Test
    void writesNoNumberThatDoesNotFit() {
        assertThatThrownBy(() -> new FieldWriter().u8(256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FieldWriter().u32(1L << 32)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FieldWriter().varint(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FieldWriter().zigzag(1L << 62)).isInstanceOf(IllegalArgumentException.class);
    }

    private static FieldReader hex(String hex) {
        return reader(HexFormat.of().parseHex(hex));
    }

    private static FieldReader reader(byte[] bytes) {
        return new FieldReader(bytes, "this object");
    }

    private static void assertRefused(ThrowingCallable call, String why) {
        assertThatThrownBy(call)
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("this object")
                .hasMessageContaining(why);
    }
}
