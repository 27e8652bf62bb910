package org.kohsuke.stapler;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import net.sf.json.JSONObject;

public interface StaplerRequest2 extends HttpServletRequest {

    void bindJSON(Object bean, JSONObject source);

    <T> List<T> bindJSONToList(Class<T> type, Object source);

    RequestDispatcher getView(Object bean, String view) throws IOException;

    JSONObject getSubmittedForm() throws ServletException;

    <T> T bindJSON(Class<T> type, JSONObject source);
}
