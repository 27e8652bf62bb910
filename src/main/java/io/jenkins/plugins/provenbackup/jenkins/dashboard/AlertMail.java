package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.alerts.Notice;
import io.jenkins.plugins.provenbackup.engine.alerts.RefusedByServer;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;

/** An alert as a mail in plain text. */
final class AlertMail {

    private AlertMail() {}

    /** Makes an empty message, with a session and a sender. */
    interface Blank {
        MimeMessage message() throws MessagingException, IOException;
    }

    /**
     * Writes an alert into a message, and sends it.
     *
     * @throws RefusedByServer when there is no such recipient
     * @throws IOException when it was not sent for another reason
     */
    static void send(Blank blank, Notice notice, String recipient, String link) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // By it the library finds its parts.
        thread.setContextClassLoader(Session.class.getClassLoader());
        try {
            MimeMessage message = blank.message();
            write(message, notice, recipient, link);
            Transport.send(message);
        } catch (SendFailedException e) {
            if (isRefused(e)) {
                throw new RefusedByServer("The mail server does not take mail to " + recipient + ": " + reason(e), e);
            }
            throw new IOException("The mail to " + recipient + " was not sent: " + reason(e), e);
        } catch (MessagingException e) {
            throw new IOException("The mail to " + recipient + " was not sent: " + reason(e), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @SuppressWarnings("JavaUtilDate") // what the library takes
    private static void write(MimeMessage message, Notice notice, String recipient, String link)
            throws MessagingException, RefusedByServer {
        String charset = StandardCharsets.UTF_8.name();
        message.setRecipient(Message.RecipientType.TO, address(recipient));
        message.setSubject(notice.subject().replaceAll("\\p{Cntrl}+", " "), charset);
        message.setText(notice.text(link), charset);
        message.setSentDate(Date.from(notice.time()));
        // Nobody's answering machine is to answer.
        message.setHeader("Auto-Submitted", "auto-generated");
    }

    private static Address address(String recipient) throws RefusedByServer {
        try {
            return new InternetAddress(recipient, true);
        } catch (AddressException e) {
            throw new RefusedByServer("'" + recipient + "' is no mail address: " + e.getMessage(), e);
        }
    }

    /** A server that has no room, or asks to come back later, does not call an address invalid. */
    private static boolean isRefused(SendFailedException e) {
        Address[] invalid = e.getInvalidAddresses();
        return invalid != null && invalid.length > 0;
    }

    /** The innermost reason says most: what the server answered, or why it cannot be reached. */
    private static String reason(MessagingException e) {
        Throwable innermost = e;
        for (Throwable next = e; next != null; next = next.getCause()) {
            innermost = next;
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message.strip();
    }
}
